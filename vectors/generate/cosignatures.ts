// Vectors of cosignatures.

import { cosign } from '../../packages/record/src/cosignature.ts'
import { cosignatureMessage, formatTimedSignature, parseTimedSignature } from '../../packages/record/src/cosignature-message.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { formatNote, signNote } from '../../packages/record/src/note.ts'
import { formatSignatureLines, type SignatureLine } from '../../packages/record/src/signature-line.ts'
import { bytesOf, signerOf } from '../../packages/record/test-support/parties.ts'
import { headAt, keyOf, logVkey, noteAt, origin, textOf, tree, withLines } from './log.ts'

const witness = keyOf('cosignature/v1', 'cn.parley.example/witness')
const mirror = keyOf('cosignature/v1', 'cn.parley.example/mirror')
const time = 1_790_000_000

async function lineOf(name: string, at: number, size = 13): Promise<SignatureLine> {
  return cosign(nodeCrypto, signerOf(name), name, await headAt(size), at)
}

/** A line with another time than was signed. */
function moved(line: SignatureLine, to: bigint): SignatureLine {
  const { signature } = parseTimedSignature(line.signature)
  const bytes = formatTimedSignature(1, signature)
  new DataView(bytes.buffer).setBigUint64(0, to)
  return { ...line, signature: bytes }
}

export async function cosignatureVectors(): Promise<object> {
  const note = await noteAt(13)
  const text = textOf(note).slice(0, textOf(note).indexOf('\n\n') + 1)
  const first = await lineOf(witness.key.name, time)
  const later = await lineOf(witness.key.name, time + 3600)
  const mirrored = await lineOf(mirror.key.name, time + 1)
  const head = { origin, size: 13, root: tree.root(13).toHex() }
  const plain = await signNote(nodeCrypto, signerOf(witness.key.name), witness.key.name, text)
  const otherHead = await lineOf(witness.key.name, time, 12)
  const refused = (name: string, code: string, lines: SignatureLine[], keys = [witness.vkey]) => ({
    name,
    code,
    note: withLines(note, ...lines),
    keys,
  })
  return {
    about: 'Cosignatures of c2sp.org/tlog-cosignature, version 1. Times are seconds since the epoch.',
    message: { time, text, message: textOf(cosignatureMessage(time, text)) },
    sign: [
      { seed: bytesOf(witness.key.name).toHex(), name: witness.key.name, time, text, line: formatSignatureLines([first]) },
    ],
    open: {
      valid: [
        { name: 'one', note: withLines(note, first), keys: [witness.vkey], head, cosignatures: [{ name: witness.key.name, time }] },
        {
          name: 'two cosigners and a stranger',
          note: withLines(note, first, mirrored, await lineOf('stranger.example', time)),
          keys: [mirror.vkey, witness.vkey],
          head,
          cosignatures: [
            { name: witness.key.name, time },
            { name: mirror.key.name, time: time + 1 },
          ],
        },
        {
          name: 'one cosigner at two times',
          note: withLines(note, later, first),
          keys: [witness.vkey],
          head,
          cosignatures: [
            { name: witness.key.name, time: time + 3600 },
            { name: witness.key.name, time },
          ],
        },
        {
          name: 'without the line of the log',
          note: textOf(formatNote({ text, lines: [first] })),
          keys: [witness.vkey],
          head,
          cosignatures: [{ name: witness.key.name, time }],
        },
      ],
      invalid: [
        refused('none', 'note.unverified', []),
        refused('of a cosigner that is not known', 'note.unverified', [mirrored]),
        refused('over another head', 'note.signature', [otherHead]),
        refused('with an earlier time than was signed', 'note.signature', [moved(first, BigInt(time - 1))]),
        refused('one of two fails', 'note.signature', [mirrored, moved(first, BigInt(time - 1))], [witness.vkey, mirror.vkey]),
        refused('a plain signature under the id of a cosigner', 'cosignature.malformed', [{ ...plain, id: witness.key.id }]),
        refused('a time of 0', 'cosignature.time', [moved(first, 0n)]),
        refused('a time of 2^53', 'cosignature.time', [moved(first, 2n ** 53n)]),
        refused('a time of 2^63', 'cosignature.time', [moved(first, 2n ** 63n)]),
        refused('the key of a log', 'key.malformed', [first], [logVkey]),
        refused('a cosigner given twice', 'note.ambiguous', [first], [witness.vkey, witness.vkey]),
      ],
    },
  }
}
