// A case of two parties for tests and vectors of case bundles: a request, its acknowledgement and its answer, with another
// entry between them that is not of the case. The same in every run.

import { formatOpening } from '../src/body-opening.ts'
import { formatBase64, formatUtf8 } from '../src/bytes.ts'
import type { CaseParts } from '../src/case-bundle.ts'
import { openCheckpoint, signCheckpoint } from '../src/checkpoint.ts'
import { cosign } from '../src/cosignature.ts'
import { formatDelivery } from '../src/delivery.ts'
import { entryDigest, formatEntry, parseEntry } from '../src/entry.ts'
import type { Draft } from '../src/entry.ts'
import { formatGenesis } from '../src/genesis.ts'
import { nodeCrypto } from '../src/node/crypto.ts'
import { openCard } from '../src/card.ts'
import { appendSignatureLines } from '../src/note.ts'
import { channelOrigin, governanceOrigin } from '../src/origins.ts'
import type { ProvenEntry } from '../src/proven-entry.ts'
import { proveInclusion } from '../src/prove.ts'
import { formatTlogProof } from '../src/tlog-proof.ts'
import { createVerifierKey } from '../src/verifier-key.ts'
import { createLog, sealBody, testChannel } from './channel.ts'
import type { TestLog } from './channel.ts'
import { approve, bytesOf, foundingEntry, governanceDraft, officialOf, partyOf, signerOf, testTime } from './parties.ts'
import type { TestParty } from './parties.ts'

/** What each type of the case demands, for those who do not know the agreement. */
export const caseDemands: Readonly<Record<string, { readonly count: number; readonly roles: readonly string[] }>> = {
  'request.opened': { count: 1, roles: ['releasing'] },
  'request.acknowledged': { count: 1, roles: ['liaison'] },
  'request.answered': { count: 1, roles: ['releasing'] },
}

export interface TestCase {
  readonly parts: CaseParts
  /** The plaintext that the one opening opens. */
  readonly plaintext: Uint8Array
}

export async function createCase(): Promise<TestCase> {
  const [cn, us] = [partyOf('cn'), partyOf('us')]
  const governance = await Promise.all([cn, us].map(foundGovernance))
  // A key history that is longer than the founding entry.
  const second = officialOf('us second', 'releasing')
  governance[1]!.append(
    formatEntry(await approve(governanceDraft('us', 'official.enrolled', second.enrolment), us.administrator)),
  )
  const cards = await Promise.all(governance.map(({ entries }) => openCard(nodeCrypto, entries[0]!)))
  const genesis = formatGenesis({
    v: 1,
    channel: testChannel,
    agreement: 'us-cn-2015',
    parties: cards.map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log })),
  })
  const logs = [cn, us].map((party) => createLog(party, channelOrigin(party.prefix, testChannel)))
  const seen = (...heads: readonly TestLog[]): Draft['seen'] =>
    heads
      .map(({ origin, tree }) => ({ origin, root: formatBase64(tree.root()), size: tree.size, time: 0 }))
      .toSorted((one, other) => (one.origin < other.origin ? -1 : 1))
  const plaintext = formatUtf8('{"text":"who used this address"}')
  const [question, answer] = [
    sealBody([cn, us], us, 'case request', plaintext),
    sealBody([cn, us], cn, 'case answer', formatUtf8('{"text":"an office of ours"}')),
  ]
  const draft = { v: 1, channel: testChannel, data: {} } as const

  logs[1]!.append(
    formatEntry(
      await approve(
        {
          ...draft,
          from: 'us',
          type: 'request.opened',
          at: testTime,
          seen: seen(...governance),
          body: question.reference,
        },
        second,
      ),
    ),
  )
  const subject = entryDigest(nodeCrypto, parseEntry(logs[1]!.entries[0]!))
  logs[0]!.append(
    formatEntry(
      await approve(
        {
          ...draft,
          from: 'cn',
          type: 'request.acknowledged',
          subject,
          at: testTime + 1,
          seen: seen(...governance, logs[1]!),
        },
        cn.liaison,
      ),
    ),
  )
  logs[0]!.append(formatUtf8('an entry of another case, which this bundle does not carry'))
  logs[0]!.append(
    formatEntry(
      await approve(
        {
          ...draft,
          from: 'cn',
          type: 'request.answered',
          subject,
          at: testTime + 2,
          seen: seen(...governance, logs[1]!),
          body: answer.reference,
        },
        cn.releasing,
      ),
    ),
  )
  const seconds = Math.floor(testTime / 1000)
  return {
    plaintext,
    parts: {
      subject,
      genesis,
      governance: await Promise.all(governance.map(async (log) => formatDelivery(await log.deliver(0)))),
      entries: [
        await prove(us, logs[1]!, 0, { by: cn, time: seconds + 5 }),
        await prove(cn, logs[0]!, 0, { by: us, time: seconds + 9 }),
        await prove(cn, logs[0]!, 2, { by: us, time: seconds + 9 }),
      ],
      openings: [formatOpening({ salt: bytesOf('case request salt'), plaintext })],
    },
  }
}

async function foundGovernance(party: TestParty): Promise<TestLog> {
  const log = createLog(party, governanceOrigin(party.prefix))
  log.append(formatEntry(await foundingEntry(party)))
  return log
}

/** The entry under the whole log's head, which the other party's mirror has cosigned. */
async function prove(
  author: TestParty,
  log: TestLog,
  index: number,
  { by, time }: { readonly by: TestParty; readonly time: number },
): Promise<ProvenEntry> {
  const { origin, tree } = log
  const head = { origin, size: tree.size, root: tree.root() }
  const note = await signCheckpoint(nodeCrypto, signerOf(`${author.party} log`), head)
  const keys = [createVerifierKey(nodeCrypto, 'ed25519', origin, signerOf(`${author.party} log`).publicKey)]
  const checkpoint = await openCheckpoint(nodeCrypto, note, { origin, keys })
  const line = await cosign(nodeCrypto, signerOf(`${by.party} mirror`), `${by.prefix}/mirror`, checkpoint, time)
  const hashes = await proveInclusion(nodeCrypto, tree, index, tree.size)
  return {
    entry: log.entries[index]!,
    proof: formatTlogProof({ index, hashes, note: appendSignatureLines(note, [line]) }),
  }
}
