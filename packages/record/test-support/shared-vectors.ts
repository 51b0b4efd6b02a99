// Finds the published test vectors of other people, which lie in `../shared/vectors` beside the repository and are not
// part of it. Where the folder is absent the tests say so as one skipped test, so that a green run never hides it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../shared/vectors/', import.meta.url))

/** One folder of published vectors. Paths are relative to it. */
export interface PublishedVectors {
  readBytes(path: string): Uint8Array
  readText(path: string): string
  /** The parsed JSON; the caller names its shape. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a name at the call beats a cast around it
  readJson<Shape>(path: string): Shape
  /** The files under a folder, at any depth, sorted, relative to this folder of vectors. */
  listFiles(path?: string): string[]
}

/**
 * Runs `body` as a `describe` block over one folder of the published vectors, for example `merkle-rfc6962`, or leaves one
 * skipped test that names the missing folder.
 */
export function describePublished(folder: string, body: (vectors: PublishedVectors) => void): void {
  const path = join(root, folder)
  describe(`published vectors: ${folder}`, () => {
    if (!existsSync(path)) {
      test(`${folder} passes`, ({ skip }) => skip(`the folder ../shared/vectors/${folder} is absent`))
      return
    }
    body(openFolder(path))
  })
}

function openFolder(folder: string): PublishedVectors {
  return {
    readBytes: (path) => new Uint8Array(readFileSync(join(folder, path))),
    readText: (path) => readFileSync(join(folder, path), 'utf8'),
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
    readJson: <Shape>(path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as Shape,
    listFiles: (path = '.') =>
      readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
        .toSorted(),
  }
}
