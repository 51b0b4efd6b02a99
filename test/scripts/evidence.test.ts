// Evidence through the real command line: a node is killed in the middle of an upload, the file arrives at the other side all
// the same, is opened, put into a bag that other people's tool accepts, and erased. An upload of another tus client too.

import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

const content = new Uint8Array(randomBytes(40 * 1024 * 1024 + 77))
let homes: FoundedHomes
let us: StartedNode
let cn: StartedNode
let item: string

beforeAll(async () => {
  homes = await foundHomes()
  ;[us, cn] = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(us, cn)
  await writeFile(join(homes.folder, 'capture.pcap'), content)
})
afterAll(async () => {
  await Promise.all([us?.stop(), cn?.stop()])
  await homes?.remove()
})

async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Value
}

interface Shown {
  readonly item: { readonly name: string; readonly held: { readonly state: string } }
  readonly state: { readonly custody: readonly { readonly party: string; readonly status: string }[] }
}

/** Waits until the party's custody is this, as the home sees it. */
async function untilCustody(home: string, party: string, status: string): Promise<Shown> {
  for (let tries = 0; tries < 60; tries++) {
    const { code, out } = await parley(['evidence', 'show', item, '--home', home, '--json'])
    if (code === 0) {
      const shown = JSON.parse(out) as Shown
      if (shown.state.custody.some((one) => one.party === party && one.status === status)) return shown
    }
    await sleep(250)
  }
  throw new Error(`${party} is not ${status} for ${home}`)
}

test('[EF3] a node killed in the middle of an upload loses nothing that it said it had', async () => {
  const uploading = parley(['evidence', 'add', join(homes.folder, 'capture.pcap'), '--home', homes.us, '--json'])
  const uploads = join(homes.us, 'evidence', 'uploads')
  for (let tries = 0; tries < 400; tries++) {
    const [name] = await readdir(uploads)
    if (name !== undefined && (await stat(join(uploads, name))).size > 8 * 1024 * 1024) break
    await sleep(5)
  }
  await us.stop('SIGKILL')
  // Back on the same port, as an operator would have it.
  const settings = join(homes.us, 'node.json')
  const { port } = new URL(us.origin)
  await writeFile(settings, JSON.stringify({ ...JSON.parse(await readFile(settings, 'utf8')), port: Number(port) }))
  us = await startParley(homes.us)
  const { code, out } = await uploading
  expect(code).toBe(0)
  const added = JSON.parse(out) as { item: string; given: string[] }
  expect(added.given).toEqual(['cn'])
  item = added.item
}, 120_000)

test('[EF1] [EF6] the other side receives it, opens it for a purpose, and both see the same custody', async () => {
  const shown = await untilCustody(homes.us, 'cn', 'received')
  expect(shown.item.name).toBe('capture.pcap')
  await untilCustody(homes.cn, 'cn', 'received')
  const out = join(homes.folder, 'opened')
  await json(homes.cn, 'evidence', 'open', item, '--purpose', 'examination', '--out', out)
  expect((await readFile(out)).equals(content)).toBe(true)
  await untilCustody(homes.us, 'cn', 'opened')
}, 120_000)

test('[EF11] the bag holds the file and the custody, and a validator of other people accepts it', async (context) => {
  const bag = join(homes.folder, 'bag')
  await json(homes.cn, 'evidence', 'bag', item, '--purpose', 'proceedings', '--out', bag)
  expect((await readFile(join(bag, 'data', 'capture.pcap'))).equals(content)).toBe(true)
  const custody = JSON.parse(await readFile(join(bag, 'custody.json'), 'utf8')) as { entries: { type: string }[] }
  expect(custody.entries.map(({ type }) => type).sort()).toEqual(
    expect.arrayContaining(['evidence.given', 'evidence.opened', 'evidence.received', 'evidence.sealed']),
  )
  const python = process.env['PARLEY_BAGIT_PYTHON'] ?? 'python3'
  if (spawnSync(python, ['-c', 'import bagit']).status !== 0) {
    context.skip('the Python package bagit is not installed: the bag was not validated by an independent tool')
  }
  const validated = spawnSync(python, ['-m', 'bagit', '--validate', bag], { encoding: 'utf8' })
  expect(validated.status, validated.stderr).toBe(0)
  await mkdir(join(homes.folder, 'broken'))
  const copied = spawn('cp', ['-r', bag, join(homes.folder, 'broken')])
  await new Promise((resolve) => copied.once('close', resolve))
  await writeFile(join(homes.folder, 'broken', 'bag', 'custody.json'), '{}')
  const broken = spawnSync(python, ['-m', 'bagit', '--validate', join(homes.folder, 'broken', 'bag')])
  expect(broken.status).not.toBe(0)
}, 120_000)

test('the certificate of the bag is verified offline and told in both languages, and a lie in it is found', async () => {
  const certificate = join(homes.folder, 'bag', 'custody.json')
  const known = ['--genesis', homes.genesis]
  const checked = await parley(['verify', certificate, ...known])
  expect(checked).toMatchObject({ code: 0, err: '' })
  expect(checked.out).toMatch(/certificate of custody: verified[^]*us: sealed and held[^]*evidence handed over/)
  expect((await parley(['verify', certificate, ...known, '--language', 'zh-Hans'])).out).toContain('移交证据')
  const lying = join(homes.folder, 'lying.json')
  await writeFile(lying, (await readFile(certificate, 'utf8')).replace('"status":"opened"', '"status":"received"'))
  expect(await parley(['verify', lying, ...known])).toMatchObject({
    err: expect.stringContaining('verify.custody-differs'),
  })
}, 120_000)

test('[EF7] [EF11] [EF12] [T-11] [T-25] another tus client uploads, and what comes back is bytes to save, whatever it is', async () => {
  const token = (await readFile(join(homes.us, 'operator.token'), 'utf8')).trim()
  const headers = { authorization: `Bearer ${token}`, 'parley-request': '1' }
  const page = '<script>document.title = "run"</script>'
  const sent = Buffer.from(page.repeat(1000))
  for (const filename of [
    'x.html',
    'x.svg',
    'x.pdf',
    'x.js',
    'x.wasm',
    'invoice\u202efdp.exe',
    'a"; filename="b.html',
  ]) {
    const url = await new Promise<string>((resolve, reject) => {
      // On Node.js the client takes a buffer, which its types do not say.
      const upload = new Upload(Buffer.from(sent) as unknown as Blob, {
        endpoint: `${us.origin}/api/channels/${homes.channel}/uploads`,
        headers,
        chunkSize: 10_000,
        metadata: { filename, handling: 'red', media: 'documents' },
        onError: reject,
        onSuccess: () => resolve(upload.url!),
      })
      upload.start()
    })
    const { item: id } = (await (await fetch(url, { headers })).json()) as { item: string }
    const base = `${us.origin}/api/channels/${homes.channel}`
    const recorded = await fetch(`${base}/acts`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'evidence.opened', subject: id, data: { purpose: 'analysis' } }),
    })
    const { entry } = (await recorded.json()) as { entry: { digest: string } }
    const answer = await fetch(`${base}/evidence/${id}/file?act=${entry.digest}`, { headers })
    expect(Buffer.from(await answer.arrayBuffer()).equals(sent)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    const disposition = answer.headers.get('content-disposition')!
    expect(disposition).toMatch(/^attachment; filename="[A-Za-z0-9._ -]+"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/)
    if (filename.startsWith('invoice')) expect(disposition).toContain('filename="invoicefdp.exe"')
  }
}, 120_000)

test('[EF16] a file without a byte is an item like any other', async () => {
  const empty = join(homes.folder, 'empty.bin')
  await writeFile(empty, '')
  const added = await json<{ item: string }>(homes.us, 'evidence', 'add', empty, '--keep')
  const out = join(homes.folder, 'empty.out')
  await json(homes.us, 'evidence', 'open', added.item, '--purpose', 'analysis', '--out', out)
  expect((await stat(out)).size).toBe(0)
}, 120_000)

test('[EF10] the erasure of one side is seen by the other, and the file is gone', async () => {
  await json(homes.cn, 'evidence', 'erase', item, '--ground', 'court-order')
  await untilCustody(homes.us, 'cn', 'erased')
  const shown = await untilCustody(homes.cn, 'cn', 'erased')
  expect(shown.item.held.state).toBe('absent')
}, 120_000)
