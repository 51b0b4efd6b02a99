// Writes of files that may meet a full or a failing disk: every such fault is one refusal with one code, and what was there
// before stays.

import type { FileHandle } from 'node:fs/promises'
import { ServerError } from '../error.ts'

const faults: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'])

/** What a sealed file is written through. */
export type WrittenFile = Pick<FileHandle, 'write' | 'sync'>

/** Says of a full disk that it is one. @throws ServerError `evidence.storage`; every other fault as it is. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (!faults.has(code)) throw cause
    throw new ServerError('evidence.storage', 'the disk takes no more of the file', { cause, detail: code })
  }
}

/** Writes all of the bytes: a disk that fills up takes the first of them and says nothing. @throws ServerError `evidence.storage` */
export async function writeAll(file: Pick<FileHandle, 'write'>, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await storing(() => file.write(bytes, at, bytes.length - at, position + at))
    if (bytesWritten === 0) throw new ServerError('evidence.storage', 'the disk takes no more of the file')
    at += bytesWritten
  }
}
