// The types of an evidence item's entries and the shapes of their data. What the file is called and what it is said to be
// are in the sealed body of the first one: an entry holds digests, sizes and codes.

import type { Act } from '../act.ts'
import { codes, digest, integer, list, object, party, set, token, type Infer } from '../shape.ts'
import type { Demand, EntryType, Intent } from '../topic.ts'
import { evidenceBytesMax, evidenceSizeClass } from './size-class.ts'

const recipientsMax = 32
/** What sealing adds to the largest class: a header with a stanza for each recipient, and a tag for every 64 KiB. */
const sealedBytesMax = evidenceSizeClass(evidenceBytesMax + 40) + 64 * 1024 * 1024

const recipients = list(
  object({
    party: party(),
    /** SHA-256 of the spelling of the age recipient that the item is sealed to. */
    key: digest(),
  }),
  { min: 1, max: recipientsMax },
)
const conditions = set(codes('condition'), 5)

const shapes = {
  'evidence.sealed': object(
    {
      /** SHA-256 of the sealed file: its address. */
      ciphertext: digest(),
      /** Root of the RFC 6962 tree over the sealed file in pieces of 1 MiB: a bad piece is known when it comes. */
      pieces: digest(),
      /** SHA-256("parley/evidence/v1\n" ‖ salt ‖ file). The salt is inside the seal and is erased with it. */
      commitment: digest(),
      /** Length of the sealed file in bytes. */
      bytes: integer(1, sealedBytesMax),
      /** Length of what was sealed, padded to a class of Padmé. */
      size: integer(40, evidenceSizeClass(evidenceBytesMax + 40)),
      media: codes('evidenceMedia'),
      handling: codes('handling'),
      /** The parties whose authorities can open it, the sealing party among them. */
      recipients,
    },
    {
      /** Subject id of the request that it belongs to. */
      request: digest(),
      use: codes('use'),
      conditions,
    },
  ),
  'evidence.given': object({ to: party() }, { conditions }),
  'evidence.received': object({}),
  'evidence.opened': object({ purpose: codes('custodyPurpose') }),
  'evidence.copied': object({ purpose: codes('custodyPurpose') }, { to: token() }),
  'evidence.erased': object(
    { ground: codes('erasureGround') },
    {
      rule: token(),
      /** The parties that hold a copy and are asked to erase theirs: each confirms by an erasure of its own. */
      confirm: set(party(), recipientsMax),
    },
  ),
} as const

export type EvidenceType = keyof typeof shapes
export type EvidenceData<T extends EvidenceType> = Infer<(typeof shapes)[T]>
/** An act of an evidence item, its data typed by its type. */
export type EvidenceAct<T extends EvidenceType = EvidenceType> = {
  [K in T]: Act & { readonly type: K; readonly data: EvidenceData<K> }
}[T]
/** What somebody means to do with an item, its data typed by its type. */
export type EvidenceIntent<T extends EvidenceType = EvidenceType> = {
  [K in T]: Omit<Intent, 'type' | 'data'> & { readonly type: K; readonly data: EvidenceData<K> }
}[T]

export function isEvidenceAct(act: Act): act is EvidenceAct {
  return Object.hasOwn(shapes, act.type)
}

// Files leave the party by `given`, so that is the releasing officer's. Receiving is what the node itself found: the
// operator's key speaks for it. What somebody does with our own copy is told to the other side and commits us to nothing;
// the file is handed out for a few minutes after, which no second person should have to meet.
const demands: Readonly<Record<EvidenceType, Demand>> = {
  'evidence.sealed': { count: 1, roles: ['liaison', 'releasing', 'duty', 'operator'] },
  'evidence.given': { count: 1, roles: ['releasing', 'operator'] },
  'evidence.received': { count: 1, roles: ['operator', 'duty', 'liaison'], alone: true },
  'evidence.opened': { count: 1, roles: ['liaison', 'releasing', 'duty', 'operator'], alone: true },
  'evidence.copied': { count: 1, roles: ['liaison', 'releasing', 'operator'], alone: true },
  'evidence.erased': { count: 1, roles: ['releasing', 'policy', 'administrator', 'operator'] },
}

export const evidenceTypes: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: type === 'evidence.sealed' ? 'founding' : 'following',
  shape,
  demand: demands[type as EvidenceType],
  body: type === 'evidence.sealed' ? 'required' : type === 'evidence.given' ? 'optional' : 'none',
}))
