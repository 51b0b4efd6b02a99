// Puts a node on the network of its peers: the listener, the carrier and the tick that makes what is due happen.

import type { ParleyNode } from '../node.ts'
import { readHeldHead } from '../log/head-notes.ts'
import { createTlogFiles } from '../log/tlog-files.ts'
import type { TlogFiles } from '../log/tlog-files.ts'
import { createCarrier } from './carrier.ts'
import { createKeyLookup } from './key-lookup.ts'
import { createPeerLinks } from './peer-link.ts'
import type { PeerLinks } from './peer-link.ts'
import { startPeerListener } from './peer-listener.ts'
import type { ListenerDeadlines } from './peer-listener.ts'
import { createPeerReports } from './peer-reports.ts'
import type { PeerReport } from './peer-reports.ts'
import type { PeerDeadlines } from './peer-request.ts'
import { createPeerService } from './peer-service.ts'
import { createWitness } from './witness-endpoint.ts'

const tickMilliseconds = 250

export interface PeerNetwork {
  /** The port that peers reach. */
  readonly port: number
  readonly links: PeerLinks
  readonly files: TlogFiles
  close(): Promise<void>
}

export interface NetworkOptions {
  /** How long peers may take, where it is not the usual. */
  readonly asking?: PeerDeadlines
  readonly answering?: ListenerDeadlines
}

/** `say` hears what went wrong with whom, for the log of the node. */
export async function joinNetwork(
  node: ParleyNode,
  say: (report: PeerReport) => void,
  { answering, asking }: NetworkOptions = {},
): Promise<PeerNetwork> {
  const { clock, crypto, database, driver, home, keyring, logReader, registry, shelf, state } = node
  const report = createPeerReports(say, clock)
  const links = createPeerLinks(registry, keyring.transport, clock, asking)
  const keys = createKeyLookup(crypto, registry)
  const numberOf = shelf.numberOf
  const { reader } = database
  const files = createTlogFiles({ reader, logReader, state, numberOf })
  const prefix = home.settings.prefix
  const witness = createWitness({
    crypto,
    database,
    registry,
    numberOf,
    signer: keyring.signers.witness,
    name: `${prefix}/witness`,
    clock,
  })
  const service = createPeerService({
    crypto,
    bodyOf: node.bodyOf,
    registry,
    state,
    reader,
    logReader,
    numberOf,
    keys,
    arrive: (work) => driver.arrive(work),
    mirror: { name: `${prefix}/mirror`, signer: keyring.signers.mirror },
    witness,
    files,
    evidence: node.evidence,
  })
  const { port } = new URL(home.settings.address)
  const listener = await startPeerListener(
    {
      identity: keyring.transport,
      service,
      clock,
      partyOfPin: links.partyOfPin,
      holdsPin: links.holdsPin,
      noteContact: links.noteContact,
      refused: (code) => report({ what: 'refused', code }),
    },
    home.settings.listen,
    Number(port === '' ? 443 : port),
    answering,
  )
  node.connect(
    createCarrier({
      crypto,
      bodyOf: node.bodyOf,
      clock,
      registry,
      reader: logReader,
      keys,
      links,
      state,
      arrive: (work) => driver.arrive(work),
      heldHead: (origin) => readHeldHead(reader, state, { id: numberOf(origin), origin }),
      keepReceipts: node.keepReceipts,
      keepFork: node.keepFork,
      failed: (party, what, error) => report({ what, party, code: codeOf(error) }),
    }),
  )
  const ticking = setInterval(() => driver.dispatch({ kind: 'tick', at: clock() }), tickMilliseconds)
  return {
    port: listener.port,
    links,
    files,
    async close() {
      clearInterval(ticking)
      links.close()
      await listener.close()
    },
  }
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code
  return 'internal'
}
