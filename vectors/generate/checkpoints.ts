// Vectors of checkpoints.

import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { formatNote, signNote } from '../../packages/record/src/note.ts'
import { bytesOf, signerOf } from '../../packages/record/test-support/parties.ts'
import { keyOf, logVkey, noteAt, origin, signedText, signer, textOf, tree, withLines } from './log.ts'

const root = tree.root(13).toBase64()
const zeroRoot = new Uint8Array(32)

function text(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function malformedTexts(): object[] {
  const texts: [string, string][] = [
    ['nothing', ''],
    ['no origin', text('', '13', root)],
    ['no size', text(origin, '', root)],
    ['no root', text(origin, '13')],
    ['no last line feed', text(origin, '13', root).slice(0, -1)],
    ['a size with a leading zero', text(origin, '013', root)],
    ['a size with a sign', text(origin, '+13', root)],
    ['a negative size', text(origin, '-13', root)],
    ['a size in hexadecimal', text(origin, '0xd', root)],
    ['a size of 2^53', text(origin, '9007199254740992', root)],
    ['a size of 2^53 + 1', text(origin, '9007199254740993', root)],
    ['a size of 2^64', text(origin, '18446744073709551616', root)],
    ['a size in Arabic digits', text(origin, '١٣', root)],
    ['a root of 31 bytes', text(origin, '13', zeroRoot.subarray(1).toBase64())],
    ['a root of 33 bytes', text(origin, '13', new Uint8Array(33).toBase64())],
    ['a root with other last bits', text(origin, '13', zeroRoot.toBase64().replace('A=', 'B='))],
    ['a root without padding', text(origin, '13', zeroRoot.toBase64().replace('=', ''))],
    ['a root of the URL kind', text(origin, '13', new Uint8Array(32).fill(255).toBase64().replaceAll('/', '_'))],
    ['a space before the root', text(origin, '13', ` ${root}`)],
    ['an extension line', text(origin, '13', root, 'more')],
    ['an empty line at the end', text(origin, '13', root, '')],
    ['carriage returns', text(`${origin}\r`, '13\r', `${root}\r`)],
  ]
  return texts.map(([name, text]) => ({ name, code: 'checkpoint.malformed', text }))
}

export async function checkpointVectors(): Promise<object> {
  const note = await noteAt(13)
  const good = { note: textOf(note), origin, keys: [logVkey] }
  const elsewhere = text('cn.parley.example/governance', '13', root)
  const foreign = await signNote(nodeCrypto, signer, origin, elsewhere)
  const stranger = await signNote(nodeCrypto, signerOf('w.example'), 'w.example', text(origin, '13', root))
  const other = keyOf('ed25519', 'key.example')
  const named = await signNote(nodeCrypto, signerOf('key.example'), 'key.example', text('an origin with spaces', '13', root))
  return {
    about: 'Checkpoints of c2sp.org/tlog-checkpoint, without extension lines. Roots are hexadecimal where they stand alone.',
    texts: {
      valid: [
        { text: text(origin, '13', root), origin, size: 13, root: tree.root(13).toHex() },
        { text: text('an origin with spaces + plus', '0', tree.root(0).toBase64()), origin: 'an origin with spaces + plus', size: 0, root: tree.root(0).toHex() },
        { text: text('名.example', '9007199254740991', zeroRoot.toBase64()), origin: '名.example', size: 2 ** 53 - 1, root: zeroRoot.toHex() },
      ],
      invalid: malformedTexts(),
    },
    sign: [{ seed: bytesOf('log').toHex(), origin, size: 13, root: tree.root(13).toHex(), note: textOf(note) }],
    open: {
      valid: [
        { name: 'signed by the log', ...good, size: 13, root: tree.root(13).toHex() },
        { name: 'with the line of a stranger', ...good, note: withLines(note, stranger), size: 13, root: tree.root(13).toHex() },
        {
          name: 'under a key that is not named as the origin',
          note: textOf(formatNote({ text: text('an origin with spaces', '13', root), lines: [named] })),
          origin: 'an origin with spaces',
          keys: [other.vkey],
          size: 13,
          root: tree.root(13).toHex(),
        },
      ],
      invalid: [
        { name: 'of another log', code: 'checkpoint.origin', ...good, note: textOf(formatNote({ text: elsewhere, lines: [foreign] })) },
        { name: 'no key', code: 'note.unverified', ...good, keys: [] },
        { name: 'a larger size than was signed', code: 'note.signature', ...good, note: good.note.replace('\n13\n', '\n14\n') },
        { name: 'signed with an extension line', code: 'checkpoint.malformed', ...good, note: await signedText(text(origin, '13', root, 'more')) },
        { name: 'signed, and no checkpoint', code: 'checkpoint.malformed', ...good, note: await signedText('Good morning.\n') },
      ],
    },
  }
}
