import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { archiveBag } from './bag-archive.ts'
import { formatTarHeader } from './tar.ts'

let folder: string | undefined
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
  folder = undefined
})

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

test.each([
  ['capture.pcap', 12_345],
  ['empty', 0],
  ['日志 100%.txt', 512],
  [`${'long-name-'.repeat(14)}.bin`, 700],
])('[EF14] a bag of %s is what another tar program unpacks, and as long as it was said to be', async (name, length) => {
  const bytes = new Uint8Array(randomBytes(length))
  const archive = archiveBag({
    folder: 'evidence-0123',
    info: { 'External-Identifier': '0123' },
    payload: { name, bytes: length, content: inPieces(bytes) },
    tags: [['custody.json', '{}']],
    seconds: 1_790_000_000,
  })
  const parts: Uint8Array[] = []
  for await (const part of archive.content) parts.push(part)
  const whole = Buffer.concat(parts)
  expect(whole.length).toBe(archive.length)
  folder = await mkdtemp(join(tmpdir(), 'parley-bag-'))
  await writeFile(join(folder, 'bag.tar'), whole)
  expect(spawnSync('tar', ['-xf', 'bag.tar'], { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
  const bag = join(folder, 'evidence-0123')
  expect((await readFile(join(bag, 'data', name))).equals(bytes)).toBe(true)
  const manifest = await readFile(join(bag, 'manifest-sha512.txt'), 'utf8')
  const digest = createHash('sha512').update(bytes).digest('hex')
  expect(manifest).toBe(`${digest}  data/${name.replaceAll('%', '%25')}\n`)
  const tags = await readFile(join(bag, 'tagmanifest-sha256.txt'), 'utf8')
  for (const line of tags.trimEnd().split('\n')) {
    const [sum, path] = line.split('  ')
    expect(
      createHash('sha256')
        .update(await readFile(join(bag, path!)))
        .digest('hex'),
    ).toBe(sum)
  }
  expect(tags).toContain('  custody.json\n')
  expect(await readFile(join(bag, 'bag-info.txt'), 'utf8')).toContain(`Payload-Oxum: ${length}.1\n`)
})

test('[EF14] a length that eleven octal digits do not hold stands in a header of its own', () => {
  const header = Buffer.from(formatTarHeader('a/b', 10 * 1024 ** 3, 0)).toString('latin1')
  expect(header).toContain('20 size=10737418240\n')
  expect(Buffer.from(formatTarHeader('a/b', 8 ** 11 - 1, 0)).length).toBe(512)
})
