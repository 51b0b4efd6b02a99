import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatUtf8 } from './bytes.ts'
import { formatCheckpointText, openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { formatNote, signNote } from './note.ts'
import { createVerifierKey, parseVerifierKey } from './verifier-key.ts'

const origin = 'us.parley.example/c/0123'
const root = nodeCrypto.sha256(formatUtf8('root'))
const rootText = root.toBase64()
const signer = createSigner(new Uint8Array(32).fill(3))
const log = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)] }

describe('the text', () => {
  test('[CP1] is origin, size and root, a line each', () => {
    const text = formatCheckpointText({ origin, size: 20_852_163, root })
    expect(text).toBe(`${origin}\n20852163\n${rootText}\n`)
    expect(parseCheckpointText(text)).toEqual({ origin, size: 20_852_163, root })
  })

  test('[CP1] of any head is read back as it was written', () => {
    const origins = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\p{Cc}]/u.test(text) && text.isWellFormed())
    const roots = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(fc.record({ origin: origins, size: fc.maxSafeNat(), root: roots }), (head) => {
        expect(parseCheckpointText(formatCheckpointText(head))).toEqual(head)
      }),
    )
  })

  test.each([
    ['no origin', `\n1\n${rootText}\n`],
    ['no size', `${origin}\n\n${rootText}\n`],
    ['no root', `${origin}\n1\n`],
    ['no last line feed', `${origin}\n1\n${rootText}`],
    ['a size with a leading zero', `${origin}\n01\n${rootText}\n`],
    ['a size with a sign', `${origin}\n+1\n${rootText}\n`],
    ['a negative size', `${origin}\n-1\n${rootText}\n`],
    ['a size of 2^53', `${origin}\n9007199254740992\n${rootText}\n`],
    ['a size of 2^53 + 1', `${origin}\n9007199254740993\n${rootText}\n`],
    ['a size of 2^64', `${origin}\n18446744073709551616\n${rootText}\n`],
    ['a size in other digits', `${origin}\n١\n${rootText}\n`],
    ['a root of 31 bytes', `${origin}\n1\n${root.subarray(1).toBase64()}\n`],
    ['a root in another spelling', `${origin}\n1\n${rootText.replace(/.=$/, 'B=')}\n`],
    ['an extension line', `${origin}\n1\n${rootText}\nmore\n`],
    ['an empty line at the end', `${origin}\n1\n${rootText}\n\n`],
    ['carriage returns', `${origin}\r\n1\r\n${rootText}\r\n`],
  ])('[CP2] with %s is refused', (_name, text) => {
    expect(refusalOf(() => parseCheckpointText(text))).toBe('checkpoint.malformed')
  })

  test('[CP2] is not written for what is no head', () => {
    expect(refusalOf(() => formatCheckpointText({ origin: '', size: 1, root }))).toBe('checkpoint.malformed')
    expect(refusalOf(() => formatCheckpointText({ origin: 'a\nb', size: 1, root }))).toBe('checkpoint.malformed')
    expect(refusalOf(() => formatCheckpointText({ origin, size: -1, root }))).toBe('tree.size')
    expect(refusalOf(() => formatCheckpointText({ origin, size: 1, root: root.subarray(1) }))).toBe('tree.hash')
  })
})

describe('opening', () => {
  test('[CP3] gives the head that was signed, and the note byte for byte', async () => {
    const note = await signCheckpoint(nodeCrypto, signer, { origin, size: 7, root })
    expect(await openCheckpoint(nodeCrypto, note, log)).toEqual({ origin, size: 7, root, note })
  })

  test('[CP4] of a checkpoint of another log is refused, though a key of this one signed it', async () => {
    const text = formatCheckpointText({ origin: 'us.parley.example/c/4567', size: 7, root })
    const note = formatNote({ text, lines: [await signNote(nodeCrypto, signer, origin, text)] })
    expect(await refusalOfAsync(() => openCheckpoint(nodeCrypto, note, log))).toBe('checkpoint.origin')
  })

  test('[CP5] of one with an extension line is refused, though it is signed', async () => {
    const text = `${formatCheckpointText({ origin, size: 7, root })}more\n`
    const note = formatNote({ text, lines: [await signNote(nodeCrypto, signer, origin, text)] })
    expect(await refusalOfAsync(() => openCheckpoint(nodeCrypto, note, log))).toBe('checkpoint.malformed')
  })

  test('[CP3] of one changed in any byte never gives another head', async () => {
    const note = await signCheckpoint(nodeCrypto, signer, { origin, size: 7, root })
    await fc.assert(
      fc.asyncProperty(flippedByte(note), async (flipped) => {
        const refusal = await refusalOfAsync(() => openCheckpoint(nodeCrypto, flipped, log))
        expect(['note.malformed', 'note.signature', 'note.unverified']).toContain(refusal)
      }),
    )
  })
})

describePublished('checkpoint', (vectors) => {
  const published = vectors.readJson<{
    upstream: { desc: string; body: string; wantErr: boolean }[]
    strictReject: { desc: string; body: string }[]
    specExample: string
    sumdbReal: { vkey: string; note: string }
    sigsum: { privateSeedHex: string; note: string }
  }>('checkpoint.json')

  // The published code takes roots of any length and lines after them; the specification and we do not.
  test.each(published.upstream)('[CP1] [CP2] $desc', ({ body, wantErr }) => {
    const rest = body.split('\n')
    const looser = !wantErr && (Uint8Array.fromBase64(rest[2]!).length !== 32 || rest.length > 4)
    expect(refusalOf(() => parseCheckpointText(body))).toBe(wantErr || looser ? 'checkpoint.malformed' : 'accepted')
  })

  test.each(published.strictReject)('[CP2] $desc', ({ body }) => {
    expect(refusalOf(() => parseCheckpointText(body))).toBe('checkpoint.malformed')
  })

  test('[CP1] the example of the specification is a checkpoint', () => {
    const text = published.specExample.slice(0, published.specExample.indexOf('\n\n') + 1)
    expect(parseCheckpointText(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
  })

  test('[CP4] the name of the key need not be the origin', async () => {
    const key = parseVerifierKey(nodeCrypto, published.sumdbReal.vkey)
    const sumdb = { origin: 'go.sum database tree', keys: [key] }
    const checkpoint = await openCheckpoint(nodeCrypto, formatUtf8(published.sumdbReal.note), sumdb)
    expect(checkpoint).toMatchObject({ origin: 'go.sum database tree', size: 35_225_469 })
    const named = { origin: key.name, keys: [key] }
    const attempt = () => openCheckpoint(nodeCrypto, formatUtf8(published.sumdbReal.note), named)
    expect(await refusalOfAsync(attempt)).toBe('checkpoint.origin')
  })

  test('[CP3] the published seed signs the published checkpoint', async () => {
    const seed = createSigner(Uint8Array.fromHex(published.sigsum.privateSeedHex))
    const head = parseCheckpointText(published.sigsum.note.slice(0, published.sigsum.note.indexOf('\n\n') + 1))
    const note = await signCheckpoint(nodeCrypto, seed, head)
    expect(new TextDecoder().decode(note)).toBe(published.sigsum.note)
  })
})
