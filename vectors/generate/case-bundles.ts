// Vectors of case bundles: one with all that can be in one, what it proves, and what is refused, byte by byte and part by part.

import { concatBytes, formatHex, formatUtf8, parseHex, parseUtf8 } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import { formatCaseBundle, parseCaseBundle } from '../../packages/record/src/case-bundle.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { openCase } from '../../packages/record/src/open-case.ts'
import { caseDemands, createCase } from '../../packages/record/test-support/case.ts'
import { editBetween } from '../../packages/record/test-support/edits.ts'
import { listForgeries } from '../../packages/record/test-support/case-forgeries.ts'
import { changedText } from './case.ts'

const magicBytes = 'parley/case/v1\n'.length

// oxlint-disable-next-line typescript/no-explicit-any
type Change = (manifest: any) => void

const refusedManifests: readonly [string, string, Change][] = [
  ['another version', 'case.malformed', (manifest) => (manifest.v = 2)],
  ['a field that is not known', 'case.malformed', (manifest) => (manifest.from = 'us')],
  ['another channel than that of the genesis', 'case.malformed', (manifest) => (manifest.channel = 'ff'.repeat(16))],
  ['a case whose founding entry is not there', 'case.malformed', (manifest) => (manifest.subject = 'ff'.repeat(32))],
  ['a kind that is not known', 'case.malformed', (manifest) => (manifest.blobs[0].kind = 'body')],
  ['no genesis', 'case.malformed', (manifest) => manifest.blobs.shift()],
  ['a blob left out', 'case.malformed', (manifest) => manifest.blobs.pop()],
  ['kinds out of order', 'case.malformed', (manifest) => manifest.blobs.reverse()],
  ['another length of a blob', 'case.malformed', (manifest) => manifest.blobs[0].bytes++],
  ['a blob beyond the limit of its kind', 'case.limit', (manifest) => (manifest.blobs[0].bytes = 65_537)],
]

function withManifest(bundle: Uint8Array, manifest: string): Uint8Array {
  const length = new DataView(bundle.buffer).getUint32(magicBytes)
  const bytes = formatUtf8(manifest)
  const prefix = parseHex(bytes.length.toString(16).padStart(8, '0'))
  return concatBytes(bundle.subarray(0, magicBytes), prefix, bytes, bundle.subarray(magicBytes + 4 + length))
}

export async function caseVectors(): Promise<object> {
  const { parts } = await createCase()
  const whole = formatCaseBundle(nodeCrypto, parts)
  const { label, manifest } = parseCaseBundle(nodeCrypto, whole)
  const opened = await openCase(nodeCrypto, whole, { demands: (type) => caseDemands[type] })
  const text = canonicalText(manifest)
  const manifestEnd = magicBytes + 4 + text.length
  const edits = [
    ['no bytes', 'case.malformed', new Uint8Array()] as const,
    ['another version in the first line', 'case.malformed', whole.with(magicBytes - 2, 0x32)] as const,
    ['an enormous manifest', 'case.limit', whole.with(magicBytes, 0xff)] as const,
    ['the last byte cut off', 'case.malformed', whole.subarray(0, -1)] as const,
    ['a byte after the bundle', 'case.malformed', concatBytes(whole, Uint8Array.of(0))] as const,
    ['a blob headed by another digest', 'case.malformed', whole.with(manifestEnd, whole[manifestEnd]! ^ 1)] as const,
    ['a byte of a disclosed text changed', 'case.digest', whole.with(whole.length - 3, whole.at(-3)! ^ 1)] as const,
    ['a manifest that is not canonical', 'case.malformed', withManifest(whole, ` ${text}`)] as const,
    ...refusedManifests.map(([name, code, change]) => [name, code, withManifest(whole, changedText(manifest, change))] as const),
  ]
  return {
    about:
      'Case bundles: docs/spec/case-bundle.md. Bytes are in hexadecimal. `demands` says what each type of entry demands. An `edit` puts hexadecimal in place of a number of bytes from an offset on in `bundle`; a `forgery` is a whole bundle whose digests fit and which does not verify.',
    demands: caseDemands,
    bundle: formatHex(whole),
    label,
    manifest,
    entries: opened.entries.map(({ approvedBy, checkpoint, cosignatures, digest, entry, index, origin }) => ({
      digest,
      origin,
      index,
      size: checkpoint.size,
      from: entry.from,
      type: entry.type,
      approvedBy: approvedBy.map(({ by, official, roles }) => ({ official, roles, by })),
      cosigned: cosignatures.map(({ cosigner, time }) => ({ cosigner: cosigner.name, time })),
      opened: entry.body === undefined ? null : openedText(opened.bundle.openings.get(entry.body.commitment)?.plaintext),
    })),
    refused: edits.map(([name, code, bytes]) => ({ name, edit: editBetween(whole, bytes), code })),
    forgeries: (await listForgeries()).map(({ bytes, code, name }) => ({ name, code, forgery: formatHex(bytes) })),
  }
}

function openedText(plaintext: Uint8Array | undefined): string | null {
  return plaintext === undefined ? null : parseUtf8(plaintext)
}
