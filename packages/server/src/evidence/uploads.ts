// Uploads that are under way: each a file that is sealed as it comes, resumable after a lost connection and after a crash of
// the node. What is said of the file is kept sealed to our archive; where an upload goes on, the sealed file itself says.

import { randomBytes } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { formatUtf8, parseUtf8 } from '@parley/record'
import type { Crypto } from '@parley/record'
import { open as unseal, parseRecipient, recipientOf, seal } from '@parley/record/node'
import type { Identity } from '@parley/record/node'
import { evidenceBytesMax } from '@parley/mechanism'
import type { Database } from '../db/database.ts'
import { addUpload, endUpload, listUploads, noteSealed, noteSubject, readUpload } from '../db/evidence-uploads.ts'
import type { StoredUpload } from '../db/evidence-uploads.ts'
import { ServerError } from '../error.ts'
import { createTurns } from '../turns.ts'
import type { Turns } from '../turns.ts'
import type { EvidenceFolder } from './evidence-folder.ts'
import { resumeSealing, viewOffset } from './file-resuming.ts'
import { beginSealing } from './file-sealing.ts'
import type { FileSealing, SealedFile } from './file-sealing.ts'
import { readSealedFacts } from './read-sealed-facts.ts'
import { storing } from './storing.ts'

/** Uploads that one account may have open. */
export const uploadsPerAccountMax = 16
/** An upload to which nothing was added for so long is thrown away. */
export const uploadIdleMillisecondsMax = 7 * 24 * 60 * 60 * 1000

/** Whose upload it is. To everybody else it is as if it were not there. */
export interface UploadOwner {
  readonly channel: string
  readonly account: string
}

export interface UploadView {
  readonly id: string
  readonly length: number
  readonly offset: number
  /** The item that came of it. */
  readonly subject: string | null
  /** Unix milliseconds after which it is thrown away unless something is added. */
  readonly expires: number
}

export interface UploadsParts {
  readonly crypto: Crypto
  readonly clock: () => number
  readonly database: Database
  readonly folder: EvidenceFolder
  readonly archive: Identity
  /** Whether an entry of the channel names the sealed file, by its digest. */
  readonly isRecorded: (channel: string, ciphertext: string) => Promise<boolean>
}

/** A file that is all there: sealed, among the items, and what was said of it when the upload began. */
export interface Completed {
  readonly id: string
  readonly said: string
  readonly sealed: Omit<SealedFile, 'hashes'>
}

export interface Uploads {
  /**
   * Begins one. `said` is kept for when it is whole; `recipients` are age recipients (`age1…`).
   *
   * @throws ServerError `upload.limit`, `upload.length`, `evidence.storage`.
   */
  begin(owner: UploadOwner, length: number, said: string, recipients: readonly string[]): Promise<UploadView>
  /** @throws ServerError `upload.unknown` */
  view(owner: UploadOwner, id: string): Promise<UploadView>
  list(owner: UploadOwner): Promise<UploadView[]>
  /**
   * Adds bytes at an offset. `complete` is called when the last of them are there, and again after a crash until it
   * resolves; it gives the subject that the file became.
   *
   * @throws ServerError `upload.unknown`, `upload.offset`, `upload.length`, `evidence.storage`; what `complete` throws.
   */
  append(owner: UploadOwner, id: string, offset: number, bytes: Uint8Array, complete: Complete): Promise<UploadView>
  /** Throws one away. @throws ServerError `upload.unknown` */
  end(owner: UploadOwner, id: string): Promise<void>
  /** Throws away what has been idle for too long. */
  sweep(): Promise<number>
  close(): Promise<void>
}

export type Complete = (completed: Completed) => Promise<string>

interface OpenUpload {
  readonly file: FileHandle
  readonly sealing: FileSealing
}

export function createUploads({ archive, clock, crypto, database, folder, isRecorded }: UploadsParts): Uploads {
  const opened = new Map<string, OpenUpload>()
  const turns = new Map<string, Turns>()
  const { reader, writer } = database

  const turnOf = (id: string): Turns => {
    const known = turns.get(id) ?? createTurns()
    turns.set(id, known)
    return known
  }

  async function find(owner: UploadOwner, id: string): Promise<StoredUpload> {
    const row = await readUpload(reader, id)
    if (row === undefined || row.channel !== owner.channel || row.account !== owner.account) {
      throw new ServerError('upload.unknown', 'there is no such upload')
    }
    return row
  }

  /**
   * What is gone on with is sealed anew beside what was left, and takes its place when it is durable: no file key seals again
   * after the sealing that drew it was let go.
   */
  async function takeUp(row: StoredUpload): Promise<OpenUpload> {
    const known = opened.get(row.id)
    if (known !== undefined) return known
    const [path, next] = [folder.uploadPath(row.id), folder.resealedPath(row.id)]
    const recipients = readOrder(row).recipients.map(parseRecipient)
    const file = await folder.openNew(next)
    try {
      const sealing =
        (await whileOpen(path, (from) =>
          resumeSealing(crypto, { from, to: file }, { identities: [archive], recipients }, row.length),
        )) ?? (await beginSealing(crypto, file, recipients, row.length))
      await storing(() => file.sync())
      await folder.replace(next, path)
      const upload = { file, sealing }
      opened.set(row.id, upload)
      return upload
    } catch (error) {
      await file.close()
      await rm(next, { force: true })
      throw error
    }
  }

  /** What is in memory is let go: the disk says where to go on. */
  async function letGo(id: string): Promise<void> {
    const upload = opened.get(id)
    opened.delete(id)
    await upload?.file.close()
  }

  function readOrder(row: StoredUpload): { readonly said: string; readonly recipients: readonly string[] } {
    return JSON.parse(parseUtf8(unseal(row.said, [archive]))) as { said: string; recipients: string[] }
  }

  async function viewRow(row: StoredUpload): Promise<UploadView> {
    const { id, length, subject } = row
    const found = await stat(folder.uploadPath(id)).catch(() => undefined)
    const expires = (found?.mtimeMs === undefined ? row.created : Math.trunc(found.mtimeMs)) + uploadIdleMillisecondsMax
    return { id, length, offset: await offsetOf(row), subject, expires }
  }

  async function offsetOf(row: StoredUpload): Promise<number> {
    if (row.sealed !== null) return row.length
    const known = opened.get(row.id)
    if (known !== undefined) return known.sealing.offset
    const path = folder.uploadPath(row.id)
    return (await whileOpen(path, (file) => viewOffset(file, [archive], row.length))) ?? 0
  }

  /** A file that is sealed is noted before it is moved, so that a crash between the two asks for no byte again. */
  async function finish(row: StoredUpload, complete: Complete): Promise<void> {
    const path = folder.uploadPath(row.id)
    let sealed: Completed['sealed']
    let hashes: readonly Uint8Array[] | undefined
    if (row.sealed === null) {
      ;({ hashes, ...sealed } = await (await takeUp(row)).sealing.finish())
      await writer.commit([noteSealed(row.id, JSON.stringify(sealed))])
      await letGo(row.id)
    } else {
      sealed = JSON.parse(row.sealed) as Completed['sealed']
    }
    if ((await folder.sizeOf(sealed.ciphertext)) === undefined) {
      hashes ??= (await readSealedFacts(crypto, path)).hashes
      await folder.keep(path, sealed.ciphertext, hashes)
    }
    const subject = await complete({ id: row.id, said: readOrder(row).said, sealed })
    await writer.commit([noteSubject(row.id, subject)])
  }

  /** An item that no entry names is nobody's: it goes with its upload. */
  async function drop(row: StoredUpload): Promise<void> {
    await letGo(row.id)
    await folder.endUpload(row.id)
    if (row.sealed !== null && row.subject === null) {
      const { ciphertext } = JSON.parse(row.sealed) as Completed['sealed']
      if (!(await isRecorded(row.channel, ciphertext))) await folder.erase(ciphertext)
    }
    await writer.commit([endUpload(row.id)])
  }

  return {
    async begin(owner, length, said, recipients) {
      if (length > evidenceBytesMax) throw new ServerError('upload.length', 'the file is longer than it may be')
      const openRows = await listUploads(reader, owner)
      if (openRows.filter(({ subject }) => subject === null).length >= uploadsPerAccountMax) {
        throw new ServerError('upload.limit', 'too many uploads are open')
      }
      const order = seal(formatUtf8(JSON.stringify({ said, recipients })), [recipientOf(archive)])
      const id = randomBytes(16).toString('hex')
      const row: StoredUpload = { id, ...owner, length, said: order, sealed: null, subject: null, created: clock() }
      await writer.commit([addUpload(row)])
      return viewRow(row)
    },
    view: async (owner, id) => turnOf(id).take(async () => viewRow(await find(owner, id))),
    async list(owner) {
      const rows = await listUploads(reader, owner)
      return Promise.all(rows.map((row) => turnOf(row.id).take(() => viewRow(row))))
    },
    append: (owner, id, offset, bytes, complete) =>
      turnOf(id).take(async () => {
        const row = await find(owner, id)
        if (row.subject !== null) throw new ServerError('upload.offset', 'the upload is complete')
        if ((await offsetOf(row)) !== offset) throw new ServerError('upload.offset', 'the upload goes on elsewhere')
        if (offset + bytes.length > row.length) throw new ServerError('upload.length', 'more came than was announced')
        if (row.sealed === null) {
          const { file, sealing } = await takeUp(row)
          if (sealing.offset !== offset) throw new ServerError('upload.offset', 'the upload goes on elsewhere')
          try {
            await sealing.write(bytes)
            await storing(() => file.datasync())
          } catch (error) {
            await letGo(id)
            throw error
          }
          if (sealing.offset < row.length) return viewRow(row)
        }
        try {
          await finish(row, complete)
        } catch (error) {
          await letGo(id)
          throw error
        }
        return viewRow(await find(owner, id))
      }),
    end: (owner, id) =>
      turnOf(id).take(async () => {
        await drop(await find(owner, id))
      }),
    async sweep() {
      let swept = 0
      for (const row of await listUploads(reader, undefined)) {
        const found = await stat(folder.uploadPath(row.id)).catch(() => undefined)
        const touched = Math.max(row.created, Math.trunc(found?.mtimeMs ?? 0))
        if (clock() - touched < uploadIdleMillisecondsMax) continue
        await turnOf(row.id).take(() => drop(row))
        turns.delete(row.id)
        swept += 1
      }
      return swept
    },
    async close() {
      for (const id of [...opened.keys()]) await turnOf(id).take(() => letGo(id))
    },
  }
}

/** Undefined when there is no such file. */
async function whileOpen<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  try {
    return file === undefined ? undefined : await work(file)
  } finally {
    await file?.close()
  }
}
