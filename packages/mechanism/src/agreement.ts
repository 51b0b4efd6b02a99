// The agreement: which pack each party has adopted, and which one is in force. SPEC.md [AG] rules it.

import { isVisible, orderActs, type Act } from './act.ts'
import type { Code } from './codes.ts'
import { digest, object, type Infer } from './shape.ts'
import type { EntryType, Intent, Known, Topic } from './topic.ts'

const demand = { count: 1, roles: ['cochair', 'policy', 'operator'] } as const

const shapes = {
  // `replaces` names the pack that stays in force until everybody has adopted the new one.
  'agreement.adopted': object({ pack: digest() }, { replaces: digest() }),
  'agreement.withdrawn': object({}),
} as const

export type AgreementType = keyof typeof shapes

const types: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: 'standing',
  shape,
  demand,
  body: 'optional',
}))

type Adoption = Infer<(typeof shapes)['agreement.adopted']>

export type AgreementRefusal = 'agreement.adopted-already' | 'agreement.not-adopted' | 'agreement.replaces-not-in-force'

/** Where one party stands. */
export type Position = {
  readonly party: string
  readonly kind: Code<'positionKind'>
  /** The latest adoption or withdrawal. */
  readonly entry?: string
  readonly pack?: string
  readonly replaces?: string
}

export type AgreementState = {
  readonly status: Code<'agreementStatus'>
  /** The digest of the pack in force. */
  readonly inForce?: string
  /** Digests that some party has adopted and that are not in force, sorted. */
  readonly proposed: readonly string[]
  /** One for each party of the channel, sorted by party. */
  readonly positions: readonly Position[]
}

function viewAgreement(acts: readonly Act[], parties: readonly string[]): AgreementState {
  const latest = listLatest(acts)
  const positions = [...parties].sort().map((party): Position => {
    const act = latest.get(party)
    if (act === undefined) return { party, kind: 'none' }
    if (act.type === 'agreement.withdrawn') return { party, kind: 'withdrawn', entry: act.digest }
    return { party, kind: 'adopted', entry: act.digest, ...(act.data as Adoption) }
  })
  const inForce = packInForce(positions, latest)
  const adopted = positions.flatMap(({ pack }) => (pack === undefined || pack === inForce ? [] : [pack]))
  return {
    status: inForce === undefined ? 'not-in-force' : 'in-force',
    ...(inForce === undefined ? {} : { inForce }),
    proposed: [...new Set(adopted)].sort(),
    positions,
  }
}

function listLatest(acts: readonly Act[]): ReadonlyMap<string, Act> {
  const latest = new Map<string, Act>()
  for (const act of orderActs(acts)) if (Object.hasOwn(shapes, act.type)) latest.set(act.party, act)
  return latest
}

function packInForce(positions: readonly Position[], latest: ReadonlyMap<string, Act>): string | undefined {
  const [first] = positions
  if (first === undefined) return undefined
  if (first.pack !== undefined && positions.every(({ pack }) => pack === first.pack)) return first.pack
  const held = [first.pack, first.replaces].filter((pack) => pack !== undefined && isHeldByAll(pack, positions, latest))
  // Two packs held by all would mean that each side replaces the other's: nobody can say which one is in force.
  return held.length === 1 ? held[0] : undefined
}

/**
 * A pack is still held by a party that replaces it, but only towards adoptions of it that this party had seen: nobody
 * brings an old pack back by adopting it anew after the others have moved on.
 */
function isHeldByAll(pack: string, positions: readonly Position[], latest: ReadonlyMap<string, Act>): boolean {
  const holders = positions.filter((position) => position.pack === pack)
  const replacers = positions.filter((position) => position.pack !== pack && position.replaces === pack)
  if (holders.length + replacers.length < positions.length) return false
  return replacers.every(({ party }) =>
    holders.every((holder) => isVisible(latest.get(holder.party)!, latest.get(party)!)),
  )
}

function mayAgree(intent: Intent, known: Known): AgreementRefusal | undefined {
  const state = viewAgreement(known.agreement, known.parties)
  const own = state.positions.find(({ party }) => party === intent.party)
  if (intent.type === 'agreement.withdrawn') return own?.kind === 'adopted' ? undefined : 'agreement.not-adopted'
  const { pack, replaces } = intent.data as Adoption
  if (own?.pack === pack && own.replaces === replaces) return 'agreement.adopted-already'
  if (replaces !== undefined && (replaces !== state.inForce || replaces === pack))
    return 'agreement.replaces-not-in-force'
  return undefined
}

/** The digest of the pack that is in force by these acts, or undefined. Acts of other topics are passed over. */
export function viewInForce(acts: readonly Act[], parties: readonly string[]): string | undefined {
  return viewAgreement(acts, parties).inForce
}

export const agreementTopic: Topic<AgreementState, AgreementRefusal> = {
  name: 'agreement',
  standing: 'agreement',
  types,
  may: mayAgree,
  view: viewAgreement,
}
