// The lock checkpoint: the largest head of each of our own logs that may have been signed, kept apart from the database,
// so that restoring an old database cannot make us sign a second history (T-15). It does not know what a signature is.
//
// One file, two pages for each log, written in turn. A page carries its own digest, so a write that was cut off leaves the
// page before it in force; and pages of 4 KiB keep a torn disk sector from reaching a neighbour.

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, mkdir, readFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseError } from './error.ts'
import { holdFileLock } from './file-lock.ts'

const pageBytes = 4096
const magic = 'parley/lock/v1\n'
const originBytesMax = 1024
const digestBytes = 32
const rootBytes = 32
const checkpointFile = 'checkpoints'
const lockFile = 'checkpoints.held'

/** So many entries under this root (32 bytes). */
export interface LockedHead {
  readonly size: number
  readonly root: Uint8Array
}

export interface LockSwap {
  readonly origin: string
  /** What the lock must say now. Size 0, with any root, stands for a log that it has never heard of. */
  readonly expected: LockedHead
  readonly next: LockedHead
}

export interface LockCheckpoints {
  /** Origins of which one page was cut off or damaged: the page before it is in force, and may be one step behind. */
  readonly torn: readonly string[]
  /** Undefined for a log that was never locked. */
  read(origin: string): LockedHead | undefined
  /**
   * Replaces what the lock says of some logs, all with one durable write: when the promise resolves, they may be signed.
   * A crash can leave some of them done and others not.
   * @throws DatabaseError `lock.conflict` when it says something else now, `lock.backwards` when a size would shrink or a
   *   root change without growth, `lock.origin`: nothing was written. `lock.failed` when the disk refused: the process
   *   must end, because it cannot know what was written (T-30); every later call throws it again.
   */
  compareAndSwap(swaps: readonly LockSwap[]): Promise<void>
  /** Waits for what was begun; closing again changes nothing. */
  close(): Promise<void>
}

const nothing: LockedHead = { size: 0, root: new Uint8Array(rootBytes) }

interface Page {
  /** 0 for a reservation, then one more with each head. */
  readonly sequence: number
  readonly origin: string
  readonly head: LockedHead
}

/** Where a log's two pages are, and which is in force. */
interface Place {
  /** Of its first page, counted in pages from the start of the file. */
  readonly index: number
  readonly page: Page
}

function formatPage({ sequence, origin, head }: Page): Uint8Array {
  const page = new Uint8Array(pageBytes)
  const view = new DataView(page.buffer)
  const name = new TextEncoder().encode(origin)
  let offset = new TextEncoder().encodeInto(magic, page).written
  view.setBigUint64(offset, BigInt(sequence))
  view.setBigUint64(offset + 8, BigInt(head.size))
  page.set(head.root, offset + 16)
  offset += 16 + rootBytes
  view.setUint16(offset, name.length)
  page.set(name, offset + 2)
  page.set(digestOf(page), pageBytes - digestBytes)
  return page
}

function digestOf(page: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(page.subarray(0, pageBytes - digestBytes))
    .digest()
}

/** `blank` was never written; `torn` was cut off or damaged. */
function parsePage(page: Uint8Array): Page | 'blank' | 'torn' {
  if (page.every((byte) => byte === 0)) return 'blank'
  const sound = Buffer.compare(digestOf(page), page.subarray(pageBytes - digestBytes)) === 0
  if (!sound || !Buffer.from(page.buffer, page.byteOffset, magic.length).equals(Buffer.from(magic))) return 'torn'
  const view = new DataView(page.buffer, page.byteOffset, pageBytes)
  const sequence = Number(view.getBigUint64(magic.length))
  const size = Number(view.getBigUint64(magic.length + 8))
  const rootStart = magic.length + 16
  const nameStart = rootStart + rootBytes + 2
  const origin = new TextDecoder().decode(page.subarray(nameStart, nameStart + view.getUint16(nameStart - 2)))
  return { sequence, origin, head: { size, root: page.slice(rootStart, rootStart + rootBytes) } }
}

function sameHead(a: LockedHead, b: LockedHead): boolean {
  return a.size === b.size && Buffer.compare(a.root, b.root) === 0
}

/**
 * Opens the lock in `folder`, which is made when it is not there and must not be part of what a restored database brings
 * back. Held by this process alone until it is closed.
 * @throws DatabaseError `lock.held`; `lock.damaged` when both pages of a log are unreadable: nobody may sign for it;
 *   `lock.failed`
 */
export async function openLockCheckpoints(folder: string): Promise<LockCheckpoints> {
  await mkdir(folder, { recursive: true })
  const held = holdFileLock(join(folder, lockFile), 'lock.held')
  try {
    const file = await openDurably(folder)
    try {
      const { places, torn } = parsePlaces(new Uint8Array(await file.readFile()))
      return createLock(file, places, torn, () => held.release())
    } catch (error) {
      await file.close()
      throw error
    }
  } catch (error) {
    held.release()
    throw error
  }
}

/** The file exists for good before anything in it counts. @throws DatabaseError `lock.failed` */
async function openDurably(folder: string): Promise<FileHandle> {
  try {
    const file = await open(join(folder, checkpointFile), constants.O_RDWR | constants.O_CREAT, 0o600)
    await file.sync()
    const parent = await open(folder, 'r')
    await parent.sync()
    await parent.close()
    return file
  } catch (cause) {
    throw new DatabaseError('lock.failed', `the lock in ${folder} cannot be opened durably`, { cause })
  }
}

/**
 * Reads the lock in `folder` without holding it, beside the process that does, if there is one. Changes nothing.
 * @throws DatabaseError `lock.damaged`
 */
export async function readLockCheckpoints(
  folder: string,
): Promise<{ readonly heads: ReadonlyMap<string, LockedHead>; readonly torn: readonly string[] }> {
  const bytes = await readFile(join(folder, checkpointFile)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return new Uint8Array()
    throw error
  })
  const { places, torn } = parsePlaces(new Uint8Array(bytes))
  const heads = [...places].map(([origin, { page }]) => [origin, page.head] as const)
  return { heads: new Map(heads.filter(([, { size }]) => size > 0)), torn }
}

function parsePlaces(bytes: Uint8Array): { places: Map<string, Place>; torn: string[] } {
  const places = new Map<string, Place>()
  const torn: string[] = []
  for (let index = 0; index * pageBytes < bytes.length; index += 2) {
    const [first, second] = [index, index + 1].map((at) => {
      const page = new Uint8Array(pageBytes)
      page.set(bytes.subarray(at * pageBytes, (at + 1) * pageBytes))
      return parsePage(page)
    })
    const sound = [first, second].filter((page) => typeof page === 'object').sort((a, b) => b.sequence - a.sequence)
    const newest = sound[0]
    if (newest === undefined) {
      // A reservation that was cut off: no head was ever written here, so the place is free.
      if (first === 'blank') continue
      throw new DatabaseError('lock.damaged', `neither page of record ${index / 2} of the lock can be read`)
    }
    if (first === 'torn' || second === 'torn') torn.push(newest.origin)
    places.set(newest.origin, { index, page: newest })
  }
  return { places, torn }
}

function createLock(
  file: FileHandle,
  places: Map<string, Place>,
  torn: readonly string[],
  release: () => void,
): LockCheckpoints {
  let over: DatabaseError | undefined
  let last: Promise<void> = Promise.resolve()
  let closing: Promise<void> | undefined

  /** The page that the swap would write, or undefined when it changes nothing. */
  function nextPage({ origin, expected, next }: LockSwap): Page | undefined {
    const name = new TextEncoder().encode(origin)
    if (origin === '' || name.length > originBytesMax || !origin.isWellFormed()) {
      throw new DatabaseError('lock.origin', 'the lock cannot hold this origin')
    }
    const found = places.get(origin)?.page
    const now = found?.head ?? nothing
    if (now.size === 0 ? expected.size !== 0 : !sameHead(now, expected)) {
      throw new DatabaseError('lock.conflict', `the lock of ${origin} is at ${now.size}, not ${expected.size}`)
    }
    if (sameHead(now, next)) return undefined
    if (next.size <= now.size || !Number.isSafeInteger(next.size) || next.root.length !== rootBytes) {
      throw new DatabaseError('lock.backwards', `the lock of ${origin} cannot go from ${expected.size} to ${next.size}`)
    }
    return { sequence: (found?.sequence ?? 0) + 1, origin, head: { size: next.size, root: next.root.slice() } }
  }

  async function swap(swaps: readonly LockSwap[]): Promise<void> {
    if (over !== undefined) throw over
    const pages = swaps.map(nextPage).filter((page) => page !== undefined)
    if (new Set(pages.map(({ origin }) => origin)).size !== pages.length) {
      throw new DatabaseError('lock.conflict', 'the same log twice in one swap')
    }
    if (pages.length === 0) return
    try {
      await reserve(pages.filter(({ origin }) => !places.has(origin)))
      await writePages(pages)
    } catch (cause) {
      over = new DatabaseError('lock.failed', 'the lock checkpoint could not be made durable', { cause })
      throw over
    }
  }

  /**
   * Gives logs their two pages by writing into the second that nothing is locked yet. So a first head that is cut off
   * leaves a page in force, like any other, and a record without one is damaged for certain.
   */
  async function reserve(pages: readonly Page[]): Promise<void> {
    if (pages.length === 0) return
    const taken = new Set([...places.values()].map(({ index }) => index))
    let free = 0
    for (const { origin } of pages) {
      while (taken.has(free)) free += 2
      taken.add(free)
      places.set(origin, { index: free, page: { sequence: 0, origin, head: nothing } })
    }
    await writePages(pages.map(({ origin }) => places.get(origin)!.page))
  }

  /** Odd sequences go into a log's first page, even ones into its second: never into the page in force. */
  async function writePages(pages: readonly Page[]): Promise<void> {
    for (const page of pages) {
      const start = (places.get(page.origin)!.index + ((page.sequence + 1) % 2)) * pageBytes
      const { bytesWritten } = await file.write(formatPage(page), 0, pageBytes, start)
      if (bytesWritten !== pageBytes) throw new Error('the disk took only part of a page')
    }
    await file.datasync()
    for (const page of pages) places.set(page.origin, { index: places.get(page.origin)!.index, page })
  }

  async function letGo(): Promise<void> {
    await last
    over ??= new DatabaseError('db.closed', 'the lock is closed')
    await file.close()
    release()
  }

  return {
    torn,
    read(origin) {
      const head = places.get(origin)?.page.head
      return head === undefined || head.size === 0 ? undefined : head
    },
    compareAndSwap(swaps) {
      const turn = last.then(() => swap(swaps))
      last = turn.catch(() => {})
      return turn
    },
    close() {
      closing ??= letGo()
      return closing
    },
  }
}
