// Vectors of signed notes.

import { formatUtf8 } from '../../packages/record/src/bytes.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { formatNote, signNote } from '../../packages/record/src/note.ts'
import { formatSignatureLines } from '../../packages/record/src/signature-line.ts'
import { bytesOf, signerOf } from '../../packages/record/test-support/parties.ts'
import { keyOf, textOf } from './log.ts'

const text = 'A text has lines,\n\nand some of them are empty.\n'
const a = keyOf('ed25519', 'a.example')
const b = keyOf('ed25519', 'b.example')
const namesake = keyOf('ed25519', 'a.example').key

const line = (name: string, of = text) => signNote(nodeCrypto, signerOf(name), name, of)

function malformed(): object[] {
  const good = '— a.example AAAAAAAA\n'
  const texts: [string, string][] = [
    ['nothing', ''],
    ['no empty line', `a\n${good}`],
    ['no text before the empty line', `\n${good}`],
    ['no signature', 'a\n\n'],
    ['no last line feed', `a\n\n${good.slice(0, -1)}`],
    ['a carriage return', `a\r\n\n${good}`],
    ['a tab', `a\tb\n\n${good}`],
    ['a NUL', `\0\n\n${good}`],
    ['a line that is no signature', `a\n\n${good}b\n`],
    ['a hyphen for the dash', 'a\n\n- a.example AAAAAAAA\n'],
    ['an en dash for the dash', 'a\n\n– a.example AAAAAAAA\n'],
    ['a name with a space', 'a\n\n— a example AAAAAAAA\n'],
    ['a name with an ideographic space', 'a\n\n— a\u3000b AAAAAAAA\n'],
    ['a name with a next-line character', 'a\n\n— a\u0085b AAAAAAAA\n'],
    ['a name with a plus', 'a\n\n— a+b AAAAAAAA\n'],
    ['no name', 'a\n\n—  AAAAAAAA\n'],
    ['two spaces', 'a\n\n— a.example  AAAAAAAA\n'],
    ['base64 without padding', 'a\n\n— a.example AAAAAAA\n'],
    ['base64 with other last bits', 'a\n\n— a.example AAAAAAB=\n'],
    ['base64 of the URL kind', 'a\n\n— a.example AAAA-_AA\n'],
    ['an id and no signature', 'a\n\n— a.example AAAAAA==\n'],
  ]
  const hex: [string, string][] = [
    ['a byte that is not UTF-8', `ff0a0a${formatUtf8(good).toHex()}`],
    ['an overlong encoding', `c0800a0a${formatUtf8(good).toHex()}`],
    ['half a pair of surrogates', `eda0800a0a${formatUtf8(good).toHex()}`],
  ]
  return [
    ...texts.map(([name, note]) => ({ name, code: 'note.malformed', note: { text: note } })),
    ...hex.map(([name, note]) => ({ name, code: 'note.malformed', note: { hex: note } })),
    {
      name: '101 signatures',
      code: 'note.limit',
      note: { runs: [[formatUtf8('a\n\n').toHex(), 1], [formatUtf8(good).toHex(), 101]] },
    },
    {
      name: '65,537 bytes',
      code: 'note.limit',
      note: { runs: [['61', 65_537 - 2 - formatUtf8(good).length], [formatUtf8(`\n\n${good}`).toHex(), 1]] },
    },
  ]
}

export async function noteVectors(): Promise<object> {
  const signed = formatNote({ text, lines: [await line('a.example')] })
  const two = formatNote({ text, lines: [await line('a.example'), await line('b.example')] })
  const other = await line('a.example', 'Another text.\n')
  const changed = textOf(two).replace('lines', 'words')
  const stolen = { ...(await line('b.example')), name: 'c.example' }
  const open = { text, note: { text: textOf(two) } }
  return {
    about:
      'Signed notes of c2sp.org/signed-note. A note is { text }, or { hex } where it is not UTF-8, or { runs } of ' +
      '[hexadecimal, how often]. `unverified` names the lines that are passed over.',
    sign: [{ seed: bytesOf('a.example').toHex(), name: 'a.example', text, note: textOf(signed) }],
    open: {
      valid: [
        { name: 'both keys known', ...open, keys: [a.vkey, b.vkey], verified: ['a.example', 'b.example'], unverified: [] },
        { name: 'one key known', ...open, keys: [b.vkey], verified: ['b.example'], unverified: ['a.example'] },
        {
          name: 'a line twice',
          text,
          note: { text: textOf(signed) + formatSignatureLines([await line('a.example')]) },
          keys: [a.vkey],
          verified: ['a.example'],
          unverified: [],
        },
        {
          name: 'a line under the name of another',
          text,
          note: { text: textOf(signed) + formatSignatureLines([stolen]) },
          keys: [a.vkey, b.vkey],
          verified: ['a.example'],
          unverified: ['c.example'],
        },
        { name: 'a key given twice and not used', text, note: { text: textOf(signed) }, keys: [a.vkey, b.vkey, b.vkey], verified: ['a.example'], unverified: [] },
      ],
      invalid: [
        { name: 'no key', code: 'note.unverified', note: open.note, keys: [] },
        { name: 'another key', code: 'note.unverified', note: open.note, keys: [keyOf('ed25519', 'c.example').vkey] },
        { name: 'the same key of the other type', code: 'note.unverified', note: open.note, keys: [keyOf('cosignature/v1', 'a.example').vkey] },
        { name: 'a key given twice', code: 'note.ambiguous', note: open.note, keys: [a.vkey, a.vkey] },
        { name: 'another text', code: 'note.signature', note: { text: changed }, keys: [a.vkey] },
        { name: 'one line of two fails', code: 'note.signature', note: { text: textOf(formatNote({ text, lines: [other, await line('b.example')] })) }, keys: [a.vkey, b.vkey] },
        { name: 'a second line of the same key fails', code: 'note.signature', note: { text: textOf(signed) + formatSignatureLines([other]) }, keys: [a.vkey] },
        { name: 'a signature of 63 bytes', code: 'note.signature', note: { text: textOf(formatNote({ text, lines: [{ name: namesake.name, id: namesake.id, signature: other.signature.subarray(1) }] })) }, keys: [a.vkey] },
      ],
    },
    malformed: malformed(),
  }
}
