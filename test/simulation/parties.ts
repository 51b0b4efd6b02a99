// The parties of a simulated agreement: their keys, founding entries and the one channel between them. The same in every
// seed, and made once, because checking that keys are sound costs more than a whole history.

import {
  applyGovernance,
  channelOrigin,
  createVerifierKey,
  entryDigest,
  formatBase64,
  formatEntry,
  formatGenesis,
  genesisDigest,
  governanceOrigin,
  officialId,
  approvalMessage,
  withApprovals,
  type Draft,
  type Entry,
  type Genesis,
  type GovernanceState,
  type OfficialRole,
  type Signer,
  type VerifierKey,
} from '@parley/record'
import { governanceDraft, partyOf, signerOf, testTime } from '../../packages/record/test-support/parties.ts'
import { stubCrypto, stubSigner } from './stub-crypto.ts'

const names = ['ash', 'birch', 'cedar', 'damson', 'elder']
const roles: OfficialRole[] = ['administrator', 'cochair', 'duty', 'liaison', 'operator', 'policy', 'releasing']
const simulatedChannel = '5eed5eed5eed5eed5eed5eed5eed5eed'

export interface SimulatedParty {
  readonly party: string
  readonly prefix: string
  readonly governanceLog: string
  readonly channelLog: string
  readonly log: Signer
  readonly mirror: Signer
  readonly logKeys: ReadonlyMap<string, VerifierKey>
  readonly mirrorKey: VerifierKey
  /** The founding entry, and the entry by which it joins the channel. */
  readonly founded: Uint8Array
  readonly joined: Uint8Array
  /** What the founding entry makes. */
  readonly governance: GovernanceState
  /** A draft with the approval of the party's one official, as bytes. */
  approve(draft: Draft): Promise<Uint8Array>
}

export interface Cast {
  readonly parties: readonly SimulatedParty[]
  readonly genesis: Genesis
}

const casts = new Map<number, Promise<Cast>>()

/** The cast of that many parties, two to five. */
export function castOf(count: number): Promise<Cast> {
  let cast = casts.get(count)
  if (cast === undefined) casts.set(count, (cast = createCast(count)))
  return cast
}

async function createCast(count: number): Promise<Cast> {
  const founders = await Promise.all(names.slice(0, count).map(createFounder))
  const genesis: Genesis = {
    v: 1,
    channel: simulatedChannel,
    agreement: 'simulated',
    parties: founders.map(({ party, prefix, governance, log }) => ({
      party,
      prefix,
      founded: governance.founded,
      key: formatBase64(log.publicKey),
    })),
  }
  const joins = { channel: simulatedChannel, genesis: genesisDigest(stubCrypto, formatGenesis(genesis)) }
  const parties = await Promise.all(
    founders.map(async (founder) => ({
      ...founder,
      joined: await founder.approve(governanceDraft(founder.party, 'channel.joined', joins)),
    })),
  )
  return { parties, genesis }
}

type Founder = Omit<SimulatedParty, 'joined'>

async function createFounder(party: string): Promise<Founder> {
  const official = stubSigner(signerOf(`${party} simulated official`).publicKey)
  const id = officialId(stubCrypto, 'ed25519', official.publicKey)
  const { founded: data, prefix } = partyOf(party)
  const { relyingParty: _none, ...rest } = data
  const enrolled = [{ official: id, algorithm: 'ed25519' as const, key: formatBase64(official.publicKey), roles }]
  const approveEntry = async (draft: Draft): Promise<Entry> => {
    const signature = await official.sign(approvalMessage(entryDigest(stubCrypto, draft)))
    return withApprovals(draft, [{ official: id, signature: formatBase64(signature) }])
  }
  const founding = await approveEntry(
    governanceDraft(party, 'party.founded', { ...rest, officials: enrolled }, testTime),
  )
  const signer = (role: string): Signer => stubSigner(signerOf(`${party} ${role}`).publicKey)
  const [log, mirror] = [signer('log'), signer('mirror')]
  const [governanceLog, channelLog] = [governanceOrigin(prefix), channelOrigin(prefix, simulatedChannel)]
  const verifier = (origin: string): [string, VerifierKey] => [
    origin,
    createVerifierKey(stubCrypto, 'ed25519', origin, log.publicKey),
  ]
  return {
    party,
    prefix,
    governanceLog,
    channelLog,
    log,
    mirror,
    logKeys: new Map([verifier(governanceLog), verifier(channelLog)]),
    mirrorKey: createVerifierKey(stubCrypto, 'cosignature/v1', `${prefix}/mirror`, mirror.publicKey),
    founded: formatEntry(founding),
    governance: applyGovernance(stubCrypto, undefined, founding, 0),
    approve: async (draft) => formatEntry(await approveEntry(draft)),
  }
}
