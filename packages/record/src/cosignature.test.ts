import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosignatureMessage, formatTimedSignature, parseTimedSignature } from './cosignature-message.ts'
import { checkCosignedBy, clockSkewSecondsMax, cosign, openCosignatures } from './cosignature.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { appendSignatureLines, formatNote } from './note.ts'
import { formatSignatureLines, parseSignatureLines } from './signature-line.ts'
import { createVerifierKey, parseVerifierKey } from './verifier-key.ts'

const origin = 'us.parley.example/c/0123'
const name = 'cn.parley.example/witness'
const time = 1_790_000_000
const signer = createSigner(new Uint8Array(32).fill(3))
const witness = createSigner(new Uint8Array(32).fill(4))
const log = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)] }
const key = createVerifierKey(nodeCrypto, 'cosignature/v1', name, witness.publicKey)
const head = { origin, size: 7, root: nodeCrypto.sha256(formatUtf8('root')) }
const note = await signCheckpoint(nodeCrypto, signer, head)
const checkpoint = await openCheckpoint(nodeCrypto, note, log)
const line = await cosign(nodeCrypto, witness, name, checkpoint, time)
const cosigned = appendSignatureLines(note, [line])

describe('cosigning', () => {
  test('[CS1] signs the context line, the time and the text of the checkpoint', () => {
    const text = `${origin}\n7\n${head.root.toBase64()}\n`
    expect(new TextDecoder().decode(cosignatureMessage(time, text))).toBe(`cosignature/v1\ntime 1790000000\n${text}`)
  })

  test('[CS2] is read back as head, cosigner and time, with or without the line of the log', async () => {
    const wanted = [{ head, cosigner: key, time, line }]
    expect(await openCosignatures(nodeCrypto, cosigned, [key])).toEqual(wanted)
    const text = new TextDecoder().decode(note).split('\n\n')[0]!
    const alone = formatNote({ text: `${text}\n`, lines: [line] })
    expect(await openCosignatures(nodeCrypto, alone, [key])).toEqual(wanted)
    expect(await openCheckpoint(nodeCrypto, cosigned, log)).toMatchObject(head)
  })

  test('[CS2] at two times gives two cosignatures', async () => {
    const later = await cosign(nodeCrypto, witness, name, checkpoint, time + 3600)
    const both = appendSignatureLines(cosigned, [later])
    const times = (await openCosignatures(nodeCrypto, both, [key])).map((cosignature) => cosignature.time)
    expect(times).toEqual([time, time + 3600])
  })

  test('[CS3] at no time that is not whole seconds from 1 on', async () => {
    for (const wrong of [0, -1, 0.5, 2 ** 53, Number.NaN]) {
      expect(await refusalOfAsync(() => cosign(nodeCrypto, witness, name, checkpoint, wrong))).toBe('cosignature.time')
    }
  })

  test('[CS4] changed in any byte never gives another head or time', async () => {
    await fc.assert(
      fc.asyncProperty(flippedByte(cosigned), async (flipped) => {
        const refusal = await refusalOfAsync(() => openCosignatures(nodeCrypto, flipped, [key]))
        const codes = [
          'accepted',
          'note.malformed',
          'note.signature',
          'note.unverified',
          'cosignature.malformed',
          'cosignature.time',
        ]
        expect(codes).toContain(refusal)
        if (refusal !== 'accepted') return
        expect(await openCosignatures(nodeCrypto, flipped, [key])).toEqual([{ head, cosigner: key, time, line }])
      }),
    )
  })

  test('[CS4] with the time of another cosignature is refused', async () => {
    const { signature } = parseTimedSignature(line.signature)
    const moved = { ...line, signature: formatTimedSignature(time - 1, signature) }
    const spoiled = appendSignatureLines(note, [moved])
    expect(await refusalOfAsync(() => openCosignatures(nodeCrypto, spoiled, [key]))).toBe('note.signature')
  })

  test('[CS5] is not read with the key of a log', async () => {
    expect(await refusalOfAsync(() => openCosignatures(nodeCrypto, cosigned, log.keys))).toBe('key.malformed')
    const twin = createVerifierKey(nodeCrypto, 'ed25519', name, witness.publicKey)
    expect(await refusalOfAsync(() => openCheckpoint(nodeCrypto, cosigned, { origin, keys: [twin] }))).toBe(
      'note.unverified',
    )
  })

  test('[CS6] from further ahead than two minutes is refused', async () => {
    const [cosignature] = await openCosignatures(nodeCrypto, cosigned, [key])
    expect(refusalOf(() => checkCosignedBy(cosignature!, time - clockSkewSecondsMax))).toBe('accepted')
    expect(refusalOf(() => checkCosignedBy(cosignature!, time - clockSkewSecondsMax - 1))).toBe('cosignature.time')
  })
})

test('[CS3] a cosignature is 72 bytes with a time that a number can hold', () => {
  for (const length of [0, 64, 71, 73]) {
    expect(refusalOf(() => parseTimedSignature(new Uint8Array(length)))).toBe('cosignature.malformed')
  }
  const at = (hex: string) => refusalOf(() => parseTimedSignature(Uint8Array.fromHex(hex + '00'.repeat(64))))
  expect(at('0000000000000000')).toBe('cosignature.time')
  expect(at('0000000000000001')).toBe('accepted')
  expect(at('001fffffffffffff')).toBe('accepted')
  expect(at('0020000000000000')).toBe('cosignature.time')
  expect(at('7fffffffffffffff')).toBe('cosignature.time')
  expect(at('ffffffffffffffff')).toBe('cosignature.time')
})

describePublished('cosignature', (vectors) => {
  const published = vectors.readJson<{
    realCosignedCheckpoints: { originHash: string; witnessVkeys: string[]; note: string }[]
    timestamps: { base64: string; unix?: number; wantErr?: boolean }[]
    encoding: { line: string; keyIdHex: string; timestampHex: string; sigPrefixHex: string }
    mustCoverExtensionLines: boolean
  }>('cosignature-v1.json')

  test.each(published.realCosignedCheckpoints)('[CS2] a real cosignature of $witnessVkeys', async (real) => {
    const keys = real.witnessVkeys.map((vkey) => parseVerifierKey(nodeCrypto, vkey))
    const cosignatures = await openCosignatures(nodeCrypto, formatUtf8(real.note), keys)
    expect(cosignatures.map(({ cosigner }) => cosigner)).toEqual(keys)
    expect(cosignatures[0]!.head).toMatchObject({ origin: 'rome2026h1.example.org', size: 300 })
    expect(nodeCrypto.sha256(formatUtf8(cosignatures[0]!.head.origin)).toHex()).toBe(real.originHash)
    expect(cosignatures[0]!.time).toBe(0x69546780)
  })

  test.each(published.timestamps)('[CS3] the time in $base64', ({ base64, unix }) => {
    const parse = () => parseTimedSignature(Uint8Array.fromBase64(base64).subarray(4))
    if (unix === undefined) expect(refusalOf(parse)).toBe('cosignature.malformed')
    else expect(parse().time).toBe(unix)
  })

  test('[CS3] the published line is read and written, and its time is too large', () => {
    const { line, keyIdHex, timestampHex, sigPrefixHex } = published.encoding
    const [parsed] = parseSignatureLines(line)
    expect(parsed!.id).toBe(keyIdHex)
    expect(parsed!.signature.toHex().startsWith(timestampHex + sigPrefixHex)).toBe(true)
    expect(formatSignatureLines([parsed!])).toBe(line)
    expect(refusalOf(() => parseTimedSignature(parsed!.signature))).toBe('cosignature.time')
  })

  test('[CS1] whatever lines a text has, all are under the cosignature', () => {
    expect(published.mustCoverExtensionLines).toBe(true)
    const message = cosignatureMessage(time, `${origin}\n7\nroot\nextension\n`)
    expect(new TextDecoder().decode(message)).toContain('extension\n')
  })
})
