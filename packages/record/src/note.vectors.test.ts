import { describe, expect, test } from 'vitest'
import { cryptos } from '../test-support/cryptos.ts'
import { bytesOfVector, readRecordVectors, type VectorBytes } from '../test-support/record-vectors.ts'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import { formatCheckpointText, openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts'
import { cosignatureMessage } from './cosignature-message.ts'
import { cosign, openCosignatures } from './cosignature.ts'
import type { Crypto } from './crypto.ts'
import { parsePublicKey, signPossession, verifyPossession } from './key-enrolment.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { formatNote, openNote, parseNote, signNote } from './note.ts'
import { formatSignatureLines } from './signature-line.ts'
import { createVerifierKey, formatVerifierKey, type NoteAlgorithm, parseVerifierKey } from './verifier-key.ts'

const bytes = (hex: string) => Uint8Array.fromHex(hex)
const textOf = (note: Uint8Array) => new TextDecoder().decode(note)
const keysOf = (crypto: Crypto, vkeys: string[]) => vkeys.map((vkey) => parseVerifierKey(crypto, vkey))

type Refused<Case> = Case & { name: string; code: string }
type Possession = { key: string; nonce: string; signature: string }
type Vkey = { vkey: string; algorithm: NoteAlgorithm; name: string; id: string; publicKey: string }

const keys = readRecordVectors<{
  publicKeys: { valid: { seed: string; key: string }[]; invalid: Refused<{ key: string }>[] }
  possession: { valid: (Possession & { seed: string })[]; invalid: Refused<Possession>[] }
  verifierKeys: { valid: Vkey[]; invalid: Refused<{ vkey: string }>[] }
}>('keys')

describe('vectors/record/keys.json', () => {
  test.each(keys.publicKeys.valid)('[KE1] the key $key', ({ seed, key }) => {
    expect(createSigner(bytes(seed)).publicKey.toHex()).toBe(key)
    expect(parsePublicKey(bytes(key)).toHex()).toBe(key)
  })

  test.each(keys.publicKeys.invalid)('[KE2] [KE3] [KE4] [KE5] $code: $name', ({ key, code }) => {
    expect(refusalOf(() => parsePublicKey(bytes(key)))).toBe(code)
  })

  const verify = (crypto: Crypto, { key, nonce, signature }: Possession) =>
    refusalOfAsync(async () => verifyPossession(crypto, parsePublicKey(bytes(key)), bytes(nonce), bytes(signature)))
  describe.each(cryptos)('over %s', (_name, crypto) => {
    test.each(keys.possession.valid)('[KE6] possession of $key', async (vector) => {
      const signature = await signPossession(createSigner(bytes(vector.seed)), bytes(vector.nonce))
      expect(signature.toHex()).toBe(vector.signature)
      expect(await verify(crypto, vector)).toBe('accepted')
    })

    test.each(keys.possession.invalid)('[KE6] $code: $name', async (vector) => {
      expect(await verify(crypto, vector)).toBe(vector.code)
    })
  })

  test.each(keys.verifierKeys.valid)('[NT1] [NT2] $vkey', ({ vkey, algorithm, name, id, publicKey }) => {
    const key = parseVerifierKey(nodeCrypto, vkey)
    expect(key).toEqual({ algorithm, name, id, publicKey: bytes(publicKey) })
    expect(formatVerifierKey(createVerifierKey(nodeCrypto, algorithm, name, bytes(publicKey)))).toBe(vkey)
  })

  test.each(keys.verifierKeys.invalid)('[NT2] [NT3] [NT4] $code: $name', ({ vkey, code }) => {
    expect(refusalOf(() => parseVerifierKey(nodeCrypto, vkey))).toBe(code)
  })
})

type Opened = {
  name: string
  text: string
  note: VectorBytes
  keys: string[]
  verified: string[]
  unverified: string[]
}

const notes = readRecordVectors<{
  sign: { seed: string; name: string; text: string; note: string }[]
  open: { valid: Opened[]; invalid: Refused<{ note: VectorBytes; keys: string[] }>[] }
  malformed: Refused<{ note: VectorBytes }>[]
}>('notes')

describe.each(cryptos)('vectors/record/notes.json over %s', (_name, crypto) => {
  test.each(notes.sign)('[NT5] the note that $name signs', async ({ seed, name, text, note }) => {
    const lines = [await signNote(crypto, createSigner(bytes(seed)), name, text)]
    expect(textOf(formatNote({ text, lines }))).toBe(note)
  })

  test.each(notes.open.valid)('[NT5] $name', async ({ text, note, keys, verified, unverified }) => {
    const opened = await openNote(crypto, bytesOfVector(note), keysOf(crypto, keys))
    expect(opened.text).toBe(text)
    expect(opened.verified.map(({ key }) => key.name)).toEqual(verified)
    expect(opened.unverified.map(({ name }) => name)).toEqual(unverified)
  })

  test.each(notes.open.invalid)('[NT6] [NT7] [NT8] $code: $name', async ({ note, keys, code }) => {
    const attempt = () => openNote(crypto, bytesOfVector(note), keysOf(crypto, keys))
    expect(await refusalOfAsync(attempt)).toBe(code)
  })

  test.each(notes.malformed)('[NT10] [NT11] $code: $name', ({ note, code }) => {
    expect(refusalOf(() => parseNote(bytesOfVector(note)))).toBe(code)
  })
})

type Head = { origin: string; size: number; root: string }
type Signed = { name: string; note: string; origin: string; keys: string[] }

const checkpoints = readRecordVectors<{
  texts: { valid: (Head & { text: string })[]; invalid: Refused<{ text: string }>[] }
  sign: (Head & { seed: string; note: string })[]
  open: { valid: (Signed & Head)[]; invalid: Refused<Signed>[] }
}>('checkpoints')

describe.each(cryptos)('vectors/record/checkpoints.json over %s', (_name, crypto) => {
  test.each(checkpoints.texts.valid)('[CP1] of $origin at $size', ({ text, origin, size, root }) => {
    expect(parseCheckpointText(text)).toEqual({ origin, size, root: bytes(root) })
    expect(formatCheckpointText({ origin, size, root: bytes(root) })).toBe(text)
  })

  test.each(checkpoints.texts.invalid)('[CP2] $code: $name', ({ text, code }) => {
    expect(refusalOf(() => parseCheckpointText(text))).toBe(code)
  })

  test.each(checkpoints.sign)('[CP3] the note at $size', async ({ seed, origin, size, root, note }) => {
    const head = { origin, size, root: bytes(root) }
    expect(textOf(await signCheckpoint(crypto, createSigner(bytes(seed)), head))).toBe(note)
  })

  const open = ({ note, origin, keys }: Signed) =>
    openCheckpoint(crypto, formatUtf8(note), { origin, keys: keysOf(crypto, keys) })
  test.each(checkpoints.open.valid)('[CP3] $name', async (vector) => {
    const { origin, size, root } = vector
    expect(await open(vector)).toEqual({ origin, size, root: bytes(root), note: formatUtf8(vector.note) })
  })

  test.each(checkpoints.open.invalid)('[CP3] [CP4] [CP5] $code: $name', async (vector) => {
    expect(await refusalOfAsync(() => open(vector))).toBe(vector.code)
  })
})

type Cosigned = { note: string; keys: string[]; name: string }

const cosignatures = readRecordVectors<{
  message: { time: number; text: string; message: string }
  sign: { seed: string; name: string; time: number; text: string; line: string }[]
  open: {
    valid: (Cosigned & { head: Head; cosignatures: { name: string; time: number }[] })[]
    invalid: Refused<Cosigned>[]
  }
}>('cosignatures')

describe.each(cryptos)('vectors/record/cosignatures.json over %s', (_name, crypto) => {
  test('[CS1] the message that is signed', () => {
    const { time, text, message } = cosignatures.message
    expect(textOf(cosignatureMessage(time, text))).toBe(message)
  })

  test.each(cosignatures.sign)('[CS1] the line of $name', async ({ seed, name, time, text, line }) => {
    // The checkpoint is signed by a key of this test's own, because only what was opened can be cosigned.
    const log = createSigner(new Uint8Array(32))
    const head = parseCheckpointText(text)
    const note = await signCheckpoint(crypto, log, head)
    const key = createVerifierKey(crypto, 'ed25519', head.origin, log.publicKey)
    const checkpoint = await openCheckpoint(crypto, note, { origin: head.origin, keys: [key] })
    expect(formatSignatureLines([await cosign(crypto, createSigner(bytes(seed)), name, checkpoint, time)])).toBe(line)
  })

  const open = ({ note, keys }: Cosigned) => openCosignatures(crypto, formatUtf8(note), keysOf(crypto, keys))
  test.each(cosignatures.open.valid)('[CS2] $name', async (vector) => {
    const opened = await open(vector)
    const { origin, size, root } = vector.head
    for (const { head } of opened) expect(head).toEqual({ origin, size, root: bytes(root) })
    expect(opened.map(({ cosigner, time }) => ({ name: cosigner.name, time }))).toEqual(vector.cosignatures)
  })

  test.each(cosignatures.open.invalid)('[CS3] [CS4] [CS5] $code: $name', async (vector) => {
    expect(await refusalOfAsync(() => open(vector))).toBe(vector.code)
  })
})
