// Uploads over faults: a process that dies in the middle of any write, a disk that fills up, a crash between two steps.

import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatIdentity, formatRecipient, generateIdentity, nodeCrypto, recipientOf } from '@parley/record/node'
import { payloadChunkBytes } from '@parley/record/node'
import { createSealedChunks } from '../../test-support/sealed-chunks.ts'
import type { SealedChunks } from '../../test-support/sealed-chunks.ts'
import { createSmallDisk, onSmallDisk } from '../../test-support/small-disk.ts'
import type { SmallDisk } from '../../test-support/small-disk.ts'
import { openDatabase } from '../db/database.ts'
import type { Database } from '../db/database.ts'
import { openEvidenceFolder } from './evidence-folder.ts'
import type { EvidenceFolder } from './evidence-folder.ts'
import { openSealedFile } from './file-opening.ts'
import { createUploads, uploadIdleMillisecondsMax } from './uploads.ts'
import type { Completed, Uploads } from './uploads.ts'

const childPath = fileURLToPath(new URL('../../test-support/uploading-child.ts', import.meta.url))
const measuringPath = fileURLToPath(new URL('../../test-support/measuring-child.ts', import.meta.url))
const archive = generateIdentity()
const owner = { channel: 'c', account: 'liaison' }
const length = 300_000

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-uploads-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const names = (place: string): Promise<string[]> => readdir(join(home, 'evidence', place))

/** Notes every sealed file that is on the disk now. */
async function noteAll(chunks: SealedChunks): Promise<void> {
  for (const place of ['uploads', 'items']) {
    for (const name of await readdir(join(home, 'evidence', place), { recursive: true })) {
      if (!/^(?:[0-9a-f]{2}.)?[0-9a-f]{32,64}(?:\.part(?:\.next)?)?$/.test(name)) continue
      chunks.note(await readFile(join(home, 'evidence', place, name)))
    }
  }
}

/** Bytes of an item as the uploads stated it. */
async function openItem(folder: EvidenceFolder, sealed: Completed['sealed']): Promise<Buffer> {
  const { content } = await openSealedFile(folder.itemPath(sealed.ciphertext), [archive], sealed)
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

interface Ending {
  readonly offset: number
  readonly subject: string | undefined
}

async function runChild(fill: number, dieAt: number): Promise<Ending> {
  const args = [childPath, home, String(length), String(fill), String(dieAt), formatIdentity(archive)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await text(child.stdout)
  return { offset: Number(/^offset (\d+)$/m.exec(said)?.[1]), subject: /^subject (\w+)$/m.exec(said)?.[1] }
}

test('[EF3] [T-20] a process killed in the middle of any write re-sends a chunk at most and seals none twice', async () => {
  const chunks = createSealedChunks(archive)
  // In the header, the first chunk, later ones; while sealing anew; in the padding; and then to the end.
  const deaths = [100, 70_000, 200_001, 150_000, 280_000, 303_000]
  const offsets: number[] = []
  let ending: Ending = { offset: 0, subject: undefined }
  for (const [run, dieAt] of [...deaths, Number.MAX_SAFE_INTEGER].entries()) {
    ending = await runChild(run + 1, dieAt)
    offsets.push(ending.offset)
    await noteAll(chunks)
    expect((await names('uploads')).filter((name) => name.endsWith('.next')).length).toBeLessThanOrEqual(1)
    if (ending.subject !== undefined) break
  }
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
  expect(offsets.length).toBeGreaterThan(4)
  expect(chunks.keys).toBeGreaterThan(4)
  expect(await names('uploads')).toEqual([])
  const database = await openDatabase(`sqlite:${join(home, 'database.sqlite')}`)
  const row = await database.reader.selectFrom('evidence_uploads').select('sealed').executeTakeFirstOrThrow()
  await database.close()
  const sealed = JSON.parse(row.sealed!) as Completed['sealed']
  const expected = Buffer.alloc(length)
  offsets.forEach((offset, run) => expected.fill(run + 1, offset))
  const folder = await openEvidenceFolder(join(home, 'evidence'))
  expect((await openItem(folder, sealed)).equals(expected)).toBe(true)
}, 60_000)

test('[EF17] a long file takes no more memory than a short one, to seal, to seal anew and to read through', async () => {
  const run = async (megabytes: number): Promise<number> => {
    const place = await mkdtemp(join(home, 'length-'))
    const child = spawn(process.execPath, [measuringPath, place, String(megabytes)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return Number(await text(child.stdout)) / 1e6
  }
  const short = await run(16)
  const long = await run(300)
  expect(short).toBeGreaterThan(0)
  expect(long).toBeLessThan(300)
  // A file that was held in memory once would show.
  expect(long - short).toBeLessThan(120)
}, 120_000)

interface Bench {
  readonly database: Database
  readonly folder: EvidenceFolder
  readonly disk: SmallDisk
  readonly time: { now: number }
  /** As after a start of the node: nothing is in memory. */
  start(parts?: { database?: Database; folder?: EvidenceFolder }): Promise<Uploads>
}

async function withUploads(work: (bench: Bench) => Promise<void>): Promise<void> {
  const database = await openDatabase(`sqlite:${join(home, 'database.sqlite')}`)
  const started: Uploads[] = []
  try {
    const disk = createSmallDisk()
    const folder = onSmallDisk(await openEvidenceFolder(join(home, 'evidence')), disk)
    const time = { now: Date.now() }
    await work({
      database,
      folder,
      disk,
      time,
      async start(parts) {
        await folder.removeHalves()
        const isRecorded = () => Promise.resolve(false)
        const given = { crypto: nodeCrypto, clock: () => time.now, database, folder, archive, isRecorded, ...parts }
        const uploads = createUploads(given)
        started.push(uploads)
        return uploads
      },
    })
  } finally {
    for (const uploads of started) await uploads.close()
    await database.close()
  }
}

const begin = (uploads: Uploads) => uploads.begin(owner, length, 'said', [formatRecipient(recipientOf(archive))])
const never = (): Promise<string> => Promise.reject(new Error('not complete'))
const bytesOf = (fill: number, count: number) => new Uint8Array(count).fill(fill)

test('[EF8] [T-20] [T-30] a full disk is a refusal at every write, loses nothing that was said to be there, and seals no chunk twice', async () => {
  await withUploads(async ({ disk, folder, start }) => {
    const chunks = createSealedChunks(archive)
    const uploads = await start()
    const { id } = await begin(uploads)
    let safe = 0
    // It fills up in the header, in a chunk, while what is left is sealed anew, and in the padding of the end.
    for (const [turn, left] of [50, 90_000, 10_000, 140_000, 250_000, 303_000].entries()) {
      disk.left = left
      const refusal = await (async () => {
        for (;;) {
          const { offset } = await uploads.view(owner, id)
          safe = Math.max(safe, offset - payloadChunkBytes)
          await uploads.append(owner, id, offset, bytesOf(turn, Math.min(40_000, length - offset)), never)
        }
      })().catch((error: unknown) => error)
      expect(refusal, `turn ${turn}`).toMatchObject({ code: 'evidence.storage', detail: 'ENOSPC' })
      await noteAll(chunks)
      expect((await uploads.view(owner, id)).offset).toBeGreaterThanOrEqual(safe)
    }
    expect(safe).toBeGreaterThan(0)
    disk.left = Infinity
    const { offset } = await uploads.view(owner, id)
    let completed: Completed | undefined
    await uploads.append(owner, id, offset, bytesOf(99, length - offset), (whole) => {
      completed = whole
      return Promise.resolve('item')
    })
    await noteAll(chunks)
    expect(chunks.keys).toBeGreaterThan(2)
    expect((await openItem(folder, completed!.sealed)).subarray(offset).every((byte) => byte === 99)).toBe(true)
    expect(await names('uploads')).toEqual([])
  })
}, 60_000)

test('[EF3] a look at an upload writes nothing, and says where it really goes on', async () => {
  await withUploads(async ({ disk, start }) => {
    const first = await start()
    const { id, offset: beginning } = await begin(first)
    expect(beginning).toBe(0)
    expect(await names('uploads')).toEqual([])
    await first.append(owner, id, 0, bytesOf(1, 200_000), never)
    expect((await first.view(owner, id)).offset).toBe(200_000)
    await first.close()
    disk.left = 0
    const second = await start()
    const { offset } = await second.view(owner, id)
    expect(offset).toBe(3 * payloadChunkBytes - 40)
    await expect(second.append(owner, id, 200_000, bytesOf(1, 1), never)).rejects.toMatchObject({
      code: 'upload.offset',
    })
    disk.left = Infinity
    expect((await second.append(owner, id, offset, bytesOf(2, 5), never)).offset).toBe(offset + 5)
  })
})

test('[EF3] [T-20] a crash between the end of the sealing and its note asks for one chunk, and seals under another key', async () => {
  await withUploads(async ({ database, folder, start }) => {
    const chunks = createSealedChunks(archive)
    let commits = 0
    // The first commit begins the upload; the crash is at the second.
    const writer: Database['writer'] = {
      ...database.writer,
      commit: (statements) =>
        ++commits === 2 ? Promise.reject(new Error('the process ends')) : database.writer.commit(statements),
    }
    const first = await start({ database: { ...database, writer } })
    const { id } = await begin(first)
    await expect(first.append(owner, id, 0, bytesOf(1, length), never)).rejects.toThrow('the process ends')
    await noteAll(chunks)

    const second = await start()
    const { offset } = await second.view(owner, id)
    expect(length - offset).toBeLessThanOrEqual(payloadChunkBytes)
    let completed: Completed | undefined
    await second.append(owner, id, offset, bytesOf(2, length - offset), (whole) => {
      completed = whole
      return Promise.resolve('item')
    })
    await noteAll(chunks)
    expect(chunks.keys).toBe(2)
    const expected = Buffer.concat([bytesOf(1, offset), bytesOf(2, length - offset)])
    expect((await openItem(folder, completed!.sealed)).equals(expected)).toBe(true)
  })
})

test('[EF3] a crash between the note of a sealed file and its place among the items asks for no byte', async () => {
  await withUploads(async ({ folder, start }) => {
    const crash = () => Promise.reject(new Error('the process ends'))
    const first = await start({ folder: { ...folder, keep: crash } })
    const { id } = await begin(first)
    await expect(first.append(owner, id, 0, bytesOf(1, length), never)).rejects.toThrow('the process ends')

    const second = await start()
    expect((await second.view(owner, id)).offset).toBe(length)
    await expect(second.append(owner, id, 0, bytesOf(2, length), never)).rejects.toMatchObject({
      code: 'upload.offset',
    })
    let completed: Completed | undefined
    const ended = await second.append(owner, id, length, bytesOf(2, 0), (whole) => {
      completed = whole
      return Promise.resolve('item')
    })
    expect(ended.subject).toBe('item')
    expect((await openItem(folder, completed!.sealed)).equals(bytesOf(1, length))).toBe(true)
    expect(await folder.readHashes(completed!.sealed.ciphertext)).toHaveLength(1)
  })
})

test('[EF13] an upload that ends leaves nothing, whatever was written of it and wherever it stopped', async () => {
  await withUploads(async ({ folder, start, time }) => {
    const uploads = await start()
    const left = async (): Promise<unknown[]> => [await names('uploads'), await folder.listItems()]
    for (const close of [
      (id: string) => uploads.end(owner, id),
      async () => {
        time.now += 2 * uploadIdleMillisecondsMax
        await uploads.sweep()
      },
    ]) {
      const half = await begin(uploads)
      await uploads.append(owner, half.id, 0, bytesOf(1, 100_000), never)
      const half2 = await folder.openNew(folder.resealedPath(half.id))
      await half2.close()
      await close(half.id)
      expect(await left()).toEqual([[], []])
      // Sealed and kept, and then refused by whoever records it.
      const whole = await begin(uploads)
      await expect(uploads.append(owner, whole.id, 0, bytesOf(1, length), never)).rejects.toThrow('not complete')
      expect(await folder.listItems()).toHaveLength(1)
      await close(whole.id)
      expect(await left()).toEqual([[], []])
    }
    const half = await folder.openNew(folder.resealedPath('x'))
    await half.close()
    await start()
    expect(await names('uploads')).toEqual([])
  })
})
