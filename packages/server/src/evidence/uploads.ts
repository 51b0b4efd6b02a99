// Uploads that are under way: each a file that is sealed as it comes, resumable after a lost connection and after a crash of
// the node. What is said of the file is kept sealed to our archive; the offset is what the sealed file holds.

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
import { storing } from './evidence-folder.ts'
import type { EvidenceFolder } from './evidence-folder.ts'
import { beginSealing, resumeSealing } from './file-sealing.ts'
import type { FileSealing, SealedFile } from './file-sealing.ts'

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

export function createUploads({ archive, clock, crypto, database, folder }: UploadsParts): Uploads {
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

  async function takeUp(row: StoredUpload): Promise<OpenUpload> {
    const known = opened.get(row.id)
    if (known !== undefined) return known
    const file = await storing(() => open(folder.uploadPath(row.id), 'a+').then((made) => made.close())).then(() =>
      open(folder.uploadPath(row.id), 'r+'),
    )
    try {
      const { recipients } = readOrder(row)
      const sealing =
        (await resumeSealing(crypto, file, [archive], row.length)) ?? (await restart(file, recipients, row.length))
      const upload = { file, sealing }
      opened.set(row.id, upload)
      return upload
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async function restart(file: FileHandle, recipients: readonly string[], length: number): Promise<FileSealing> {
    await file.truncate(0)
    return beginSealing(crypto, file, recipients.map(parseRecipient), length)
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
    if (row.sealed !== null) return { id, length, offset: length, subject, expires }
    return { id, length, offset: (await takeUp(row)).sealing.offset, subject, expires }
  }

  async function finish(row: StoredUpload, complete: Complete): Promise<void> {
    let sealed = row.sealed === null ? undefined : (JSON.parse(row.sealed) as Completed['sealed'])
    if (sealed === undefined) {
      const { hashes, ...facts } = await (await takeUp(row)).sealing.finish()
      await letGo(row.id)
      await folder.keep(folder.uploadPath(row.id), facts.ciphertext, hashes)
      sealed = facts
      await writer.commit([noteSealed(row.id, JSON.stringify(facts))])
    }
    const subject = await complete({ id: row.id, said: readOrder(row).said, sealed })
    await writer.commit([noteSubject(row.id, subject)])
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
        if (row.sealed === null) {
          const { file, sealing } = await takeUp(row)
          if (sealing.offset !== offset) throw new ServerError('upload.offset', 'the upload goes on elsewhere')
          if (offset + bytes.length > row.length) throw new ServerError('upload.length', 'more came than was announced')
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
        await find(owner, id)
        await letGo(id)
        await rm(folder.uploadPath(id), { force: true })
        await writer.commit([endUpload(id)])
      }),
    async sweep() {
      let swept = 0
      for (const row of await listUploads(reader, undefined)) {
        const found = await stat(folder.uploadPath(row.id)).catch(() => undefined)
        const touched = Math.max(row.created, Math.trunc(found?.mtimeMs ?? 0))
        if (clock() - touched < uploadIdleMillisecondsMax) continue
        await turnOf(row.id).take(async () => {
          await letGo(row.id)
          await rm(folder.uploadPath(row.id), { force: true })
          await writer.commit([endUpload(row.id)])
        })
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
