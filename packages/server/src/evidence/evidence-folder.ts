// Where evidence lies in a node's home: sealed items by digest, each beside the hashes of its pieces; uploads and arrivals
// that are not whole yet under names of their own. Nothing in it is ever opened but to be unsealed for a download.

import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ServerError } from '../error.ts'
import { storing } from './storing.ts'

const digestForm = /^[0-9a-f]{64}$/
const resealedEnding = '.next'

/** A file that was found where items are. */
export interface StoredItem {
  /** Hexadecimal SHA-256 that it is named by. */
  readonly digest: string
  readonly bytes: number
}

export interface EvidenceFolder {
  /** Where an upload is written until it is whole. */
  uploadPath(id: string): string
  /** Where an upload that was left is sealed anew until it takes the place of what was left. */
  resealedPath(id: string): string
  /** Opens an empty file to write. @throws ServerError `evidence.storage` */
  openNew(path: string): Promise<FileHandle>
  /** Puts a file, already synced, in the place of another: after a crash there is one or the other. @throws ServerError `evidence.storage` */
  replace(path: string, target: string): Promise<void>
  /** Removes an upload and whatever else was written of it. */
  endUpload(id: string): Promise<void>
  /** Removes what a crash left of sealing anew: nothing is under way when it is called. */
  removeHalves(): Promise<void>
  /** Where an item from a peer is written until it is whole. */
  arrivalPath(digest: string): string
  itemPath(digest: string): string
  /** Length of an item that is held, undefined when it is not. */
  sizeOf(digest: string): Promise<number | undefined>
  /** The hashes of its pieces, 32 bytes each, in order. @throws ServerError `evidence.missing` */
  readHashes(digest: string): Promise<Uint8Array[]>
  /** Puts a whole file, already synced, among the items: from then on it is held, also after a crash. */
  keep(path: string, digest: string, hashes: readonly Uint8Array[]): Promise<void>
  /** Removes an item for good; one that is not there is no fault. */
  erase(digest: string): Promise<void>
  listItems(): Promise<StoredItem[]>
  /** Names in the folders of what is not whole. */
  listUnfinished(): Promise<{ readonly uploads: string[]; readonly arrivals: string[] }>
}

/** Makes the folders where they are missing. @throws ServerError `evidence.storage` */
export async function openEvidenceFolder(folder: string): Promise<EvidenceFolder> {
  for (const place of Object.values(placesIn(folder))) await mkdir(place, { recursive: true, mode: 0o700 })
  return evidenceFolderAt(folder)
}

function placesIn(folder: string) {
  return { items: join(folder, 'items'), uploads: join(folder, 'uploads'), arrivals: join(folder, 'arrivals') }
}

/** The same, whether it is there or not: nothing is made before something is kept. */
export function evidenceFolderAt(folder: string): EvidenceFolder {
  const places = placesIn(folder)

  function itemPath(digest: string): string {
    if (!digestForm.test(digest)) throw new ServerError('evidence.unknown', 'an item is named by its digest')
    return join(places.items, digest.slice(0, 2), digest)
  }

  const uploadPath = (id: string): string => join(places.uploads, `${id}.part`)

  return {
    itemPath,
    uploadPath,
    resealedPath: (id) => uploadPath(id) + resealedEnding,
    openNew: (path) => storing(() => open(path, 'w+', 0o600)),
    replace: (path, target) =>
      storing(async () => {
        await rename(path, target)
        await syncFolder(dirname(target))
      }),
    async endUpload(id) {
      await rm(uploadPath(id), { force: true })
      await rm(uploadPath(id) + resealedEnding, { force: true })
    },
    async removeHalves() {
      const halves = (await readdir(places.uploads)).filter((name) => name.endsWith(resealedEnding))
      for (const name of halves) await rm(join(places.uploads, name), { force: true })
    },
    arrivalPath: (digest) => join(places.arrivals, `${digest}.part`),
    async sizeOf(digest) {
      const found = await stat(itemPath(digest)).catch(() => undefined)
      return found?.size
    },
    async readHashes(digest) {
      const bytes = await readFile(`${itemPath(digest)}.hashes`).catch((cause: unknown) => {
        throw new ServerError('evidence.missing', 'the hashes of the pieces are not there', { cause })
      })
      return Array.from({ length: bytes.length / 32 }, (_, i) => new Uint8Array(bytes.subarray(32 * i, 32 * i + 32)))
    },
    async keep(path, digest, hashes) {
      const target = itemPath(digest)
      await storing(async () => {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 })
        await writeFile(`${target}.hashes`, Buffer.concat(hashes), { mode: 0o600, flush: true })
        await rename(path, target)
        for (const place of [dirname(target), places.items, dirname(path)]) await syncFolder(place)
      })
    },
    async erase(digest) {
      const target = itemPath(digest)
      await rm(target, { force: true })
      await rm(`${target}.hashes`, { force: true })
      await rm(join(places.arrivals, `${digest}.part`), { force: true })
      if ((await stat(dirname(target)).catch(() => undefined)) !== undefined) await syncFolder(dirname(target))
    },
    async listItems() {
      const items: StoredItem[] = []
      for (const shelf of await listNames(places.items)) {
        for (const name of await listNames(join(places.items, shelf))) {
          if (!digestForm.test(name)) continue
          const found = await stat(join(places.items, shelf, name))
          items.push({ digest: name, bytes: found.size })
        }
      }
      return items.sort((a, b) => (a.digest < b.digest ? -1 : 1))
    },
    async listUnfinished() {
      return { uploads: (await listNames(places.uploads)).sort(), arrivals: (await listNames(places.arrivals)).sort() }
    },
  }
}

/** None where there is no folder. */
function listNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return []
  })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
