import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEvidenceFolder } from './evidence-folder.ts'

test('[EF2] [EF10] what is kept is found by its digest, and what is erased is not', async () => {
  const place = await mkdtemp(join(tmpdir(), 'parley-evidence-folder-'))
  try {
    const folder = await openEvidenceFolder(place)
    const digest = 'ab'.repeat(32)
    const path = folder.uploadPath('x')
    await writeFile(path, 'sealed')
    await folder.keep(path, digest, [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)])
    expect(await folder.listItems()).toEqual([{ digest, bytes: 6 }])
    expect(await folder.readHashes(digest)).toEqual([new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)])
    expect(await folder.listUnfinished()).toEqual({ uploads: [], arrivals: [] })
    await folder.erase(digest)
    await folder.erase(digest)
    expect(await folder.sizeOf(digest)).toBeUndefined()
    expect(() => folder.itemPath('../x')).toThrow('digest')
  } finally {
    await rm(place, { recursive: true, force: true })
  }
})
