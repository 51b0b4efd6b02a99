// A cut: a size of each log, and what is computed there. Both sides agree on anything computed exactly when the digests of
// cut and states are equal. SPEC.md [CT] rules it.

import {
  concatBytes,
  formatCanonical,
  formatHex,
  formatUtf8,
  parseBase64,
  parseCanonical,
  type Crypto,
} from '@parley/record'
import { MechanismError } from './error.ts'
import type { SubjectState } from './mechanism.ts'
import { checkShape, integer, list, object, text, type Infer } from './shape.ts'

/** Channel logs and governance logs of one agreement at most. */
const cutLogsMax = 400
const cutBytesMax = 262_144
const originLengthMax = 255
const rootBytes = 32

/** Exported for the documents: logs are sorted by origin, roots are base64. */
export const cutShape = object({
  logs: list(object({ origin: text(originLengthMax), size: integer(0, Number.MAX_SAFE_INTEGER), root: text(44) }), {
    min: 1,
    max: cutLogsMax,
  }),
})

/** A size and root of each log, sorted by origin in UTF-16 order. */
export type Cut = Infer<typeof cutShape>

/**
 * Reads a cut from its canonical bytes.
 *
 * @throws MechanismError `cut.malformed`
 */
export function parseCut(bytes: Uint8Array): Cut {
  let value: unknown
  try {
    value = parseCanonical(bytes, { bytesMax: cutBytesMax, depthMax: 4 })
  } catch (cause) {
    throw new MechanismError('cut.malformed', 'a cut is canonical JSON', { cause })
  }
  const checked = checkShape(cutShape, value)
  if (checked.kind === 'refused') {
    const [{ code, pointer }] = checked.reasons
    throw new MechanismError('cut.malformed', `a cut does not look like this: ${code} at ${pointer || 'the top'}`)
  }
  const { logs } = checked.value
  for (const [i, { origin, root }] of logs.entries()) {
    if (i > 0 && logs[i - 1]!.origin >= origin)
      throw new MechanismError('cut.malformed', 'logs are not sorted by origin')
    verifyRoot(root)
  }
  return checked.value
}

function verifyRoot(root: string): void {
  let length: number
  try {
    ;({ length } = parseBase64(root))
  } catch (cause) {
    throw new MechanismError('cut.malformed', 'a root is not base64', { cause })
  }
  if (length !== rootBytes) throw new MechanismError('cut.malformed', 'a root is 32 bytes')
}

/** The canonical bytes of a cut. What it writes, `parseCut` accepts. @throws MechanismError `cut.malformed` */
export function formatCut(cut: Cut): Uint8Array {
  const bytes = formatCanonical(cut)
  parseCut(bytes)
  return bytes
}

const cutContext = formatUtf8('parley/cut/v1\n')
const stateContext = formatUtf8('parley/state/v1\n')

/** SHA-256("parley/cut/v1\n" ‖ the canonical bytes), hexadecimal. @throws MechanismError `cut.malformed` */
export function cutDigest(cut: Cut, crypto: Crypto): string {
  return formatHex(crypto.sha256(concatBytes(cutContext, formatCut(cut))))
}

/** The digests of all states at a cut: enough to say that two sides agree, or about which subject they do not. */
export interface StateDigests {
  /** SHA-256("parley/state/v1\n" ‖ the canonical JSON of `subjects`), hexadecimal. */
  readonly digest: string
  /** Pairs of subject id and hexadecimal SHA-256 of the canonical state, sorted by subject id. */
  readonly subjects: readonly (readonly [subject: string, digest: string])[]
}

/** Digests every state, and all of them together. */
export function digestStates(states: ReadonlyMap<string, SubjectState>, crypto: Crypto): StateDigests {
  const subjects = [...states]
    .map(([subject, state]) => [subject, formatHex(crypto.sha256(formatCanonical(state)))] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { digest: formatHex(crypto.sha256(concatBytes(stateContext, formatCanonical(subjects)))), subjects }
}

/** Whether two sides read a cut alike. An absent digest means that this side has no such subject. */
export type Divergence =
  | { readonly kind: 'equal' }
  | { readonly kind: 'differs'; readonly subject: string; readonly ours?: string; readonly theirs?: string }

/** Names the first subject, in the order of ids, whose states differ. Both are for the same cut. */
export function diverge(ours: StateDigests, theirs: StateDigests): Divergence {
  const others = new Map(theirs.subjects)
  const own = new Map(ours.subjects)
  for (const subject of [...new Set([...own.keys(), ...others.keys()])].sort()) {
    const [a, b] = [own.get(subject), others.get(subject)]
    if (a !== b) {
      return {
        kind: 'differs',
        subject,
        ...(a === undefined ? {} : { ours: a }),
        ...(b === undefined ? {} : { theirs: b }),
      }
    }
  }
  return { kind: 'equal' }
}
