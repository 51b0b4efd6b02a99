// Opens a sealed body with this node's keys: first the ciphertext against its digest, then the seal, then what is inside
// against the commitment of the entry. Only what proved right comes out.

import { openBody, RecordError, verifyCiphertext } from '@parley/record'
import type { BodyReference, OpenedBody } from '@parley/record'
import { open } from '@parley/record/node'
import { parseBodyContent, MechanismError } from '@parley/mechanism'
import type { BodyContent } from '@parley/mechanism'
import { readBodies, readBody } from '../db/bodies.ts'
import type { Body } from '../db/bodies.ts'
import { pageRowsMax } from '../db/page.ts'
import type { ParleyNode } from '../node.ts'

/** A body as far as it can be told: `sealed` to others, or its content contradicting the entry (`mismatch`). */
export type BodyFound =
  | { readonly state: 'opened'; readonly content: BodyContent }
  | { readonly state: 'missing' | 'sealed' | 'erased' | 'mismatch' }

export async function openStoredBody(node: ParleyNode, reference: BodyReference): Promise<BodyFound> {
  return openStored(node, reference, await readBody(node.database.reader, Uint8Array.fromHex(reference.ciphertext)))
}

/** Of many bodies at once, in the order of their references. */
export async function openStoredBodies(node: ParleyNode, references: readonly BodyReference[]): Promise<BodyFound[]> {
  const found: BodyFound[] = []
  for (let from = 0; from < references.length; from += pageRowsMax) {
    const page = references.slice(from, from + pageRowsMax)
    const digests = page.map(({ ciphertext }) => Uint8Array.fromHex(ciphertext))
    const rows = await readBodies(node.database.reader, digests)
    const stored = new Map(rows.map((body) => [body.digest.toHex(), body]))
    found.push(...page.map((reference) => openStored(node, reference, stored.get(reference.ciphertext))))
  }
  return found
}

function openStored(node: ParleyNode, reference: BodyReference, stored: Body | undefined): BodyFound {
  if (stored?.state === 'erased') return { state: 'erased' }
  if (stored === undefined || stored.bytes === null) return { state: 'missing' }
  return openSealedBody(node, reference, stored.bytes)
}

/** The same of bytes at hand, such as those that wait to be said. */
export function openSealedBody(
  { crypto, keyring }: Pick<ParleyNode, 'crypto' | 'keyring'>,
  reference: BodyReference,
  bytes: Uint8Array,
): BodyFound {
  try {
    const { plaintext } = unseal({ crypto, keyring }, reference, bytes)
    return { state: 'opened', content: parseBodyContent(plaintext) }
  } catch (error) {
    if (error instanceof RecordError) return { state: error.code === 'age.no-identity' ? 'sealed' : 'mismatch' }
    if (error instanceof MechanismError) return { state: 'mismatch' }
    throw error
  }
}

/** What is inside of a body that this node can open, with the salt that proves it to others; or why there is none to show. */
export async function readOpening(
  node: ParleyNode,
  reference: BodyReference,
): Promise<OpenedBody | 'missing' | 'sealed' | 'erased' | 'mismatch'> {
  const found = await openStoredBody(node, reference)
  if (found.state !== 'opened') return found.state
  const stored = await readBody(node.database.reader, Uint8Array.fromHex(reference.ciphertext))
  if (stored === undefined || stored.bytes === null) return 'erased'
  return unseal(node, reference, stored.bytes)
}

/** @throws RecordError `body.*`, `age.*` */
function unseal(
  { crypto, keyring }: Pick<ParleyNode, 'crypto' | 'keyring'>,
  reference: BodyReference,
  bytes: Uint8Array,
): OpenedBody {
  verifyCiphertext(crypto, reference, bytes)
  return openBody(crypto, reference, open(bytes, [keyring.sealing, keyring.archive]))
}
