// A disk that takes so many bytes and then no more: the write that meets its end takes what still fits, as a real one does.

import type { FileHandle } from 'node:fs/promises'
import type { EvidenceFolder } from '../src/evidence/evidence-folder.ts'

export interface SmallDisk {
  /** Bytes that it still takes. */
  left: number
  /** What happens at its end; usually `ENOSPC`. */
  full: () => Promise<never>
}

export function createSmallDisk(left = Infinity): SmallDisk {
  return {
    left,
    full: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
  }
}

/** The same folder, with new files on the small disk. */
export function onSmallDisk(folder: EvidenceFolder, disk: SmallDisk): EvidenceFolder {
  return { ...folder, openNew: async (path) => writtenTo(await folder.openNew(path), disk) }
}

function writtenTo(file: FileHandle, disk: SmallDisk): FileHandle {
  const write = async (bytes: Uint8Array, at: number, length: number, position: number): Promise<unknown> => {
    if (disk.left === 0) return disk.full()
    const taken = Math.min(length, disk.left)
    disk.left -= taken
    await file.write(bytes, at, taken, position)
    return { bytesWritten: taken, buffer: bytes }
  }
  return new Proxy(file, {
    get(target, name) {
      if (name === 'write') return write
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
