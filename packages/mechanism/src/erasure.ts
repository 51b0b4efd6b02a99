// Erasures: by `body.erased` a party says that it has destroyed its copy of a body and what opens it, and on what ground.
// Each holder says so for itself, and no proof of deletion exists. No state or figure reads a body, so an erasure changes
// none. SPEC.md [ER] rules it.

import { orderActs, type Act } from './act.ts'
import type { Code } from './codes.ts'
import { codes, digest, object, token, type Infer } from './shape.ts'
import type { EntryType, Intent, Known, Topic } from './topic.ts'

// `rule` names the retention rule or the decision by the party's own reference code.
const erased = object(
  { ciphertext: digest(), ground: codes('erasureGround') },
  { rule: token(), standing: codes('standingSubject') },
)
export type ErasureType = 'body.erased'
type Erased = Infer<typeof erased>

const types: readonly EntryType[] = [
  {
    type: 'body.erased',
    place: 'attached',
    shape: erased,
    demand: { count: 1, roles: ['releasing', 'policy', 'administrator', 'operator'] },
    body: 'none',
  },
]

export type ErasureRefusal = 'erasure.body-unknown' | 'erasure.erased-already'

export type Erasure = {
  readonly ciphertext: string
  readonly by: string
  readonly ground: Code<'erasureGround'>
  readonly rule?: string
  readonly erasure: string
}

/** Sorted by (ciphertext, by). */
export type ErasureState = { readonly erased: readonly Erasure[] }

function viewErasures(acts: readonly Act[]): ErasureState {
  const erasures = orderActs(acts).flatMap((act): readonly Erasure[] => {
    if (act.type !== 'body.erased') return []
    const { ciphertext, ground, rule } = act.data as Erased
    return [{ ciphertext, by: act.party, ground, ...(rule === undefined ? {} : { rule }), erasure: act.digest }]
  })
  return { erased: erasures.sort((a, b) => (`${a.ciphertext} ${a.by}` < `${b.ciphertext} ${b.by}` ? -1 : 1)) }
}

function mayErase(intent: Intent, known: Known): ErasureRefusal | undefined {
  const { ciphertext } = intent.data as Erased
  if (!known.subject.some(({ body }) => body?.ciphertext === ciphertext)) return 'erasure.body-unknown'
  const again = known.subject.some((act) => {
    return act.type === 'body.erased' && act.party === intent.party && act.data['ciphertext'] === ciphertext
  })
  return again ? 'erasure.erased-already' : undefined
}

export const erasureTopic: Topic<ErasureState, ErasureRefusal> = {
  name: 'erasure',
  types,
  may: mayErase,
  view: viewErasures,
}
