import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { appendSignatureLines, formatNote, noteBytesMax, openNote, parseNote, signNote } from './note.ts'
import { parseSignatureLines, type SignatureLine } from './signature-line.ts'
import { createVerifierKey, parseVerifierKey } from './verifier-key.ts'

const signer = createSigner(new Uint8Array(32).fill(1))
const stranger = createSigner(new Uint8Array(32).fill(2))
const key = createVerifierKey(nodeCrypto, 'ed25519', 'a.example', signer.publicKey)
const text = 'first line\n\nthird line\n'
const line = await signNote(nodeCrypto, signer, 'a.example', text)
const strangerLine = await signNote(nodeCrypto, stranger, 'b.example', text)
const note = formatNote({ text, lines: [line, strangerLine] })

const open = (bytes: Uint8Array, keys = [key]) => openNote(nodeCrypto, bytes, keys)

describe('opening', () => {
  test('[NT5] gives the text, what verified, and what was passed over', async () => {
    const opened = await open(note)
    expect(opened).toEqual({ text, verified: [{ key, line }], unverified: [strangerLine] })
  })

  test('[NT6] is refused when no line is of a known key', async () => {
    expect(await refusalOfAsync(() => open(note, []))).toBe('note.unverified')
    const namesake = createVerifierKey(nodeCrypto, 'ed25519', 'a.example', stranger.publicKey)
    expect(await refusalOfAsync(() => open(note, [namesake]))).toBe('note.unverified')
    const renamed = { ...key, name: 'c.example' }
    expect(await refusalOfAsync(() => open(note, [renamed]))).toBe('note.unverified')
  })

  test('[NT7] is refused whole when a line of any known key fails, though another verifies', async () => {
    const other = createVerifierKey(nodeCrypto, 'ed25519', 'b.example', stranger.publicKey)
    const failing: SignatureLine = { ...strangerLine, signature: line.signature }
    const spoiled = formatNote({ text, lines: [line, failing] })
    expect(await refusalOfAsync(() => open(spoiled, [key, other]))).toBe('note.signature')
    expect(await refusalOfAsync(() => open(spoiled, [key]))).toBe('accepted')
    const second = formatNote({ text, lines: [line, { ...line, signature: strangerLine.signature }] })
    expect(await refusalOfAsync(() => open(second))).toBe('note.signature')
  })

  test('[NT8] is refused when two keys fit a line, and only then', async () => {
    expect(await refusalOfAsync(() => open(note, [key, key]))).toBe('note.ambiguous')
    const unused = createVerifierKey(nodeCrypto, 'ed25519', 'c.example', stranger.publicKey)
    expect(await refusalOfAsync(() => open(note, [unused, key, unused]))).toBe('accepted')
  })

  test('[NT7] of a note changed in one byte never gives another text', async () => {
    await fc.assert(
      fc.asyncProperty(flippedByte(note), async (flipped) => {
        const refusal = await refusalOfAsync(() => open(flipped))
        expect(['accepted', 'note.malformed', 'note.signature', 'note.unverified']).toContain(refusal)
        if (refusal === 'accepted') expect((await open(flipped)).text).toBe(text)
      }),
    )
  })
})

describe('taking apart', () => {
  const signature = formatUtf8(`\n— a.example ${'A'.repeat(8)}\n`)
  const around = (before: string | Uint8Array, after: Uint8Array = signature) =>
    concatBytes(typeof before === 'string' ? formatUtf8(before) : before, after)

  test('[NT9] the last empty line divides text and signatures', () => {
    expect(parseNote(around('a\n\nb\n')).text).toBe('a\n\nb\n')
    expect(parseNote(around('\n')).text).toBe('\n')
    expect(parseNote(around('\u{feff}a\n')).text).toBe('\u{feff}a\n')
  })

  test('[NT9] a note is written and read back the same', () => {
    const words = fc.string({ unit: 'grapheme' }).filter((word) => !/[\p{Cc}]/u.test(word) && word.isWellFormed())
    const lines = fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b.example/c', '名'),
        id: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => bytes.toHex()),
        signature: fc.uint8Array({ minLength: 1, maxLength: 90 }),
      }),
      { minLength: 1, maxLength: 16 },
    )
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), lines, (paragraphs, some) => {
        const parts = { text: `${paragraphs.join('\n')}\n`, lines: some }
        const formatted = formatNote(parts)
        expect(parseNote(formatted).text).toBe(parts.text)
        expect(formatNote(parseNote(formatted))).toEqual(appendSignatureLines(formatted, some))
      }),
    )
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['no empty line', formatUtf8('a\n— a.example AAAAAAAA\n')],
    ['no signature', formatUtf8('a\n\n')],
    ['no last line feed', around('a\n').subarray(0, -1)],
    ['a carriage return', around('a\r\n')],
    ['a tab', around('a\tb\n')],
    ['a NUL', around('\0\n')],
    ['bytes that are not UTF-8', around(Uint8Array.of(0xff, 10))],
    ['an overlong encoding', around(Uint8Array.of(0xc0, 0x80, 10))],
    ['half a pair of surrogates', around(Uint8Array.of(0xed, 0xa0, 0x80, 10))],
    ['a line that is no signature', around('a\n', concatBytes(signature, formatUtf8('b\n')))],
    ['a hyphen for the dash', around('a\n', formatUtf8('\n- a.example AAAAAAAA\n'))],
    ['a name with a space', around('a\n', formatUtf8('\n— a example AAAAAAAA\n'))],
    ['a name with a wide space', around('a\n', formatUtf8('\n— a\u3000b AAAAAAAA\n'))],
    ['a name with a plus', around('a\n', formatUtf8('\n— a+b AAAAAAAA\n'))],
    ['no name', around('a\n', formatUtf8('\n—  AAAAAAAA\n'))],
    ['two spaces', around('a\n', formatUtf8('\n— a.example  AAAAAAAA\n'))],
    ['base64 without padding', around('a\n', formatUtf8('\n— a.example AAAAAAA\n'))],
    ['base64 with other last bits', around('a\n', formatUtf8('\n— a.example AAAAAAB=\n'))],
    ['base64 of the URL kind', around('a\n', formatUtf8('\n— a.example AAAA-_AA\n'))],
    ['an id and no signature', around('a\n', formatUtf8('\n— a.example AAAAAA==\n'))],
  ])('[NT10] %s is refused', (_name, bytes) => {
    expect(refusalOf(() => parseNote(bytes))).toBe('note.malformed')
  })

  test('[NT11] a note is at most 64 KiB and 100 lines', () => {
    const longest = around(`${'a'.repeat(noteBytesMax - signature.length - 1)}\n`)
    expect(longest.length).toBe(noteBytesMax)
    expect(refusalOf(() => parseNote(longest))).toBe('accepted')
    expect(refusalOf(() => parseNote(concatBytes(Uint8Array.of(97), longest)))).toBe('note.limit')
    const many = (count: number) => around('a\n', formatUtf8(`\n${'— a.example AAAAAAAA\n'.repeat(count)}`))
    expect(refusalOf(() => parseNote(many(100)))).toBe('accepted')
    expect(refusalOf(() => parseNote(many(101)))).toBe('note.limit')
  })

  test('[NT10] what could not be read back is not written', () => {
    for (const bad of ['no line feed', 'a\tb\n', '', 'lone \ud800\n']) {
      expect(refusalOf(() => formatNote({ text: bad, lines: [line] }))).toBe('note.malformed')
    }
    expect(refusalOf(() => formatNote({ text, lines: [] }))).toBe('note.malformed')
    expect(refusalOf(() => formatNote({ text, lines: [{ ...line, name: 'a b' }] }))).toBe('key.malformed')
    expect(refusalOf(() => formatNote({ text, lines: [{ ...line, id: 'xyz' }] }))).toBe('bytes.hex')
  })
})

describe('adding lines', () => {
  test('[NT12] leaves out those that are there and keeps the rest in order', () => {
    const alone = formatNote({ text, lines: [line] })
    expect(appendSignatureLines(alone, [strangerLine, line, strangerLine])).toEqual(note)
    expect(appendSignatureLines(note, [])).toEqual(note)
  })

  test('[NT12] lines alone are read as they are in a note', () => {
    const whole = new TextDecoder().decode(note)
    expect(parseSignatureLines(whole.slice(whole.indexOf('— ')))).toEqual([line, strangerLine])
    for (const bad of ['', '\n', 'x\n', '— a AAAAAAAA', '— a AAAAAAAA\n\n']) {
      expect(
        refusalOf(() => parseSignatureLines(bad)),
        bad,
      ).toBe('note.malformed')
    }
  })
})

describePublished('signed-note', (vectors) => {
  const published = vectors.readJson<{
    signing: { skey: string; vkey: string; text: string; wantNote: string }
    openCases: {
      name: string
      note?: string
      noteHex?: string
      vkeys: string[]
      want: string
      verified?: string[]
      unverified?: string[]
      unverifiedCount?: number
    }[]
  }>('signed-note.json')

  test('[NT5] the published private key makes the published note', async () => {
    const { skey, vkey, text, wantNote } = published.signing
    const [, , name, , ...encoded] = skey.split('+')
    const publishedSigner = createSigner(Uint8Array.fromBase64(encoded.join('+')).subarray(1))
    const line = await signNote(nodeCrypto, publishedSigner, name!, text)
    expect(parseVerifierKey(nodeCrypto, vkey).id).toBe(line.id)
    expect(new TextDecoder().decode(formatNote({ text, lines: [line] }))).toBe(wantNote)
  })

  const codes: Record<string, string[]> = {
    unverified: ['note.unverified'],
    'ambiguous-key': ['note.ambiguous'],
    malformed: ['note.malformed', 'note.limit'],
    'invalid-signature': ['note.signature'],
  }
  test.each(published.openCases)('[NT5] [NT6] [NT7] [NT8] [NT10] $name', async (published) => {
    const bytes = published.noteHex === undefined ? formatUtf8(published.note!) : Uint8Array.fromHex(published.noteHex)
    const keys = published.vkeys.map((vkey) => parseVerifierKey(nodeCrypto, vkey))
    if (published.want !== 'ok') {
      expect(codes[published.want]).toContain(await refusalOfAsync(() => open(bytes, keys)))
      return
    }
    const { verified, unverified } = await open(bytes, keys)
    expect(verified.map(({ key }) => key.name)).toEqual(published.verified)
    if (published.unverified !== undefined) expect(unverified.map(({ name }) => name)).toEqual(published.unverified)
    if (published.unverifiedCount !== undefined) expect(unverified.length).toBe(published.unverifiedCount)
  })
})
