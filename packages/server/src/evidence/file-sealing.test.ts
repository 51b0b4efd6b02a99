import { createHash } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evidenceCommitmentStart, evidencePrefixBytes, parseEvidencePrefix, pieceBytes } from '@parley/record'
import { evidenceSizeClass } from '@parley/mechanism'
import { formatIdentity, generateIdentity, nodeCrypto, payloadChunkBytes, recipientOf } from '@parley/record/node'
import { createSealedChunks } from '../../test-support/sealed-chunks.ts'
import { createSmallDisk, onSmallDisk } from '../../test-support/small-disk.ts'
import { openEvidenceFolder } from './evidence-folder.ts'
import { openSealedFile } from './file-opening.ts'
import { resumeSealing, viewOffset } from './file-resuming.ts'
import { beginSealing } from './file-sealing.ts'
import type { SealedFile } from './file-sealing.ts'

const archive = generateIdentity()
const theirs = generateIdentity()
const recipients = [archive, theirs].map(recipientOf)
const sealedChunk = payloadChunkBytes + 16
let folder: string
let next = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-evidence-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function content(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff)
}

async function sealWhole(bytes: Uint8Array, pieceLength = 100_003): Promise<{ path: string; sealed: SealedFile }> {
  const path = join(folder, `${next++}`)
  const file = await open(path, 'w+')
  const sealing = await beginSealing(nodeCrypto, file, recipients, bytes.length)
  for (let at = 0; at < bytes.length; at += pieceLength) await sealing.write(bytes.subarray(at, at + pieceLength))
  const sealed = await sealing.finish()
  await file.close()
  return { path, sealed }
}

async function openWhole(path: string, facts: SealedFile): Promise<Buffer> {
  const { content: pieces, length } = await openSealedFile(path, [theirs], facts)
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  const whole = Buffer.concat(parts)
  expect(whole.length).toBe(length)
  return whole
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe.each([0, 1, payloadChunkBytes - 40, payloadChunkBytes - 39, 3 * payloadChunkBytes, 2_500_000])(
  'a file of %i bytes',
  (length) => {
    test('[EF1] [EF2] [T-20] is an age file of another implementation, as its entry states it', async () => {
      const bytes = content(length)
      const { path, sealed } = await sealWhole(bytes)
      const stored = await readFile(path)
      expect(stored.length).toBe(sealed.bytes)
      expect(createHash('sha256').update(stored).digest('hex')).toBe(sealed.ciphertext)
      expect(sealed.size).toBe(evidenceSizeClass(evidencePrefixBytes + length))
      expect(sealed.hashes).toHaveLength(Math.ceil(stored.length / pieceBytes))
      const decrypter = new Decrypter()
      decrypter.addIdentity(formatIdentity(theirs))
      const plaintext = await decrypter.decrypt(stored)
      expect(plaintext.length).toBe(sealed.size)
      const prefix = parseEvidencePrefix(plaintext.subarray(0, evidencePrefixBytes), sealed.size)
      expect(prefix.length).toBe(length)
      const file = plaintext.subarray(evidencePrefixBytes, evidencePrefixBytes + length)
      expect(Buffer.from(file).equals(bytes)).toBe(true)
      const hash = createHash('sha256').update(evidenceCommitmentStart(prefix.salt)).update(bytes)
      expect(hash.digest('hex')).toBe(sealed.commitment)
      expect((await openWhole(path, sealed)).equals(bytes)).toBe(true)
    })
  },
)

test('[EF3] [T-20] a sealing cut off at any byte goes on with other bytes under another key', async () => {
  const bytes = content(400_000)
  const others = bytes.map((byte) => byte ^ 0xff)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 399_999 }), fc.nat({ max: 2 * sealedChunk }), async (given, torn) => {
      const chunks = createSealedChunks(archive)
      const [left, anew] = [join(folder, `${next++}`), join(folder, `${next++}`)]
      const before = await open(left, 'w+')
      const first = await beginSealing(nodeCrypto, before, recipients, bytes.length)
      await first.write(bytes.subarray(0, given))
      chunks.note(await readFile(left))
      // The process dies here: what was in memory is gone, and of the last write only a part is on the disk.
      const { size } = await before.stat()
      await before.truncate(Math.max(0, size - torn))
      expect((await readFile(left)).includes(Buffer.from(bytes.subarray(0, 64)))).toBe(false)
      const durable = await viewOffset(before, [archive], bytes.length)
      expect(given - durable).toBeLessThanOrEqual(payloadChunkBytes * (1 + Math.ceil(torn / sealedChunk)))
      const to = await open(anew, 'w+')
      const keys = { identities: [archive], recipients }
      const resumed =
        (await resumeSealing(nodeCrypto, { from: before, to }, keys, bytes.length)) ??
        (await beginSealing(nodeCrypto, to, recipients, bytes.length))
      expect(resumed.offset).toBe(durable)
      await resumed.write(others.subarray(durable))
      const sealed = await resumed.finish()
      await Promise.all([before.close(), to.close()])
      const stored = await readFile(anew)
      chunks.note(stored)
      expect(createHash('sha256').update(stored).digest('hex')).toBe(sealed.ciphertext)
      const expected = Buffer.concat([bytes.subarray(0, durable), others.subarray(durable)])
      expect((await openWhole(anew, sealed)).equals(expected)).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('[EF3] what a failed power left without its bytes is not gone on from', async () => {
  const bytes = content(400_000)
  const [left, anew] = [join(folder, `${next++}`), join(folder, `${next++}`)]
  const from = await open(left, 'w+')
  const first = await beginSealing(nodeCrypto, from, recipients, bytes.length)
  await first.write(bytes)
  await from.write(new Uint8Array(4096), 0, 4096, 3 * sealedChunk)
  const to = await open(anew, 'w+')
  const resumed = await resumeSealing(nodeCrypto, { from, to }, { identities: [archive], recipients }, bytes.length)
  expect(resumed!.offset).toBe(2 * payloadChunkBytes - evidencePrefixBytes)
  await Promise.all([from.close(), to.close()])
})

test('[EF8] a disk that fills up while a file is sealed is told, and the sealing seals no more', async () => {
  const disk = createSmallDisk(300_000)
  const { openNew } = onSmallDisk(await openEvidenceFolder(join(folder, 'small')), disk)
  const file = await openNew(join(folder, `${next++}`))
  const sealing = await beginSealing(nodeCrypto, file, recipients, 400_000)
  expect(await codeOf(() => sealing.write(content(400_000)))).toBe('evidence.storage')
  disk.left = Infinity
  expect(await codeOf(() => sealing.write(content(1)))).toBe('evidence.storage')
  expect((await file.stat()).size).toBe(300_000)
  await file.close()
})

test('[EF4] [T-20] a chunk flipped, left out, swapped, repeated or added is refused, and no byte of it comes out', async () => {
  const bytes = content(5 * payloadChunkBytes)
  const { path, sealed } = await sealWhole(bytes)
  const stored = await readFile(path)
  const start = stored.length - sealed.size - 16 * Math.ceil(sealed.size / payloadChunkBytes)
  const chunk = (index: number) => stored.subarray(start + index * sealedChunk, start + (index + 1) * sealedChunk)
  const head = stored.subarray(0, start)
  const last = Math.ceil(sealed.size / payloadChunkBytes) - 1
  const all = Array.from({ length: last + 1 }, (_, index) => chunk(index))
  const flipped = Buffer.from(all[2]!)
  flipped[100]! ^= 1
  const changed: [string, Buffer[]][] = [
    ['flipped', all.with(2, flipped)],
    ['left out', all.toSpliced(2, 1)],
    ['swapped', all.with(1, all[2]!).with(2, all[1]!)],
    ['repeated', all.with(2, all[1]!)],
    ['added', [...all, all[last]!]],
    ['cut off', all.slice(0, -1)],
  ]
  for (const [fault, chunks] of changed) {
    const other = join(folder, `${next++}`)
    await writeFile(other, Buffer.concat([head, ...chunks]))
    expect(await codeOf(() => openWhole(other, sealed)), fault).toMatch(/^(?:age\.payload|evidence\.damaged)$/)
  }
})

test('[EF5] a file that is not the one the entry commits to does not come out whole', async () => {
  const bytes = content(100_000)
  const { path, sealed } = await sealWhole(bytes)
  let given = 0
  const code = await codeOf(async () => {
    const { content: pieces } = await openSealedFile(path, [theirs], { ...sealed, commitment: '0'.repeat(64) })
    for await (const piece of pieces) given += piece.length
  })
  expect(code).toBe('evidence.damaged')
  expect(given).toBeLessThan(bytes.length)
})
