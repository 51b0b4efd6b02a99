// Verified cosignatures as rows, and back to the lines of a signed note. A row keeps the id of the key with the signature,
// so that a line can be written again after the key has been rotated.

import { concatBytes, formatHex, parseHex } from '@parley/record'
import type { SignatureLine } from '@parley/record'
import type { Cosignature as CosignatureRow } from '../db/cosignatures.ts'
import type { CosignerRole } from '../db/schema.ts'

const idBytes = 4

/** The role that a cosigner's key name states: `<prefix>/witness` or `<prefix>/mirror`. */
export function roleOf(cosigner: string): CosignerRole {
  return cosigner.endsWith('/mirror') ? 'mirror' : 'witness'
}

/** The row of a verified cosignature, or of one of our own; `time` in Unix seconds. */
export function composeCosignatureRow(
  log: number,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  time: number,
  line: SignatureLine,
): CosignatureRow {
  const signature = concatBytes(parseHex(line.id), line.signature)
  return { log, cosigner: line.name, role: roleOf(line.name), size, root, time, signature }
}

/** The signature line of a row, as it stands in a note. */
export function parseCosignatureRow({ cosigner, signature }: CosignatureRow): SignatureLine {
  return { name: cosigner, id: formatHex(signature.subarray(0, idBytes)), signature: signature.subarray(idBytes) }
}
