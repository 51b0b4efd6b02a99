import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadStaticFiles, type StaticFiles } from './static.ts'
import { bearer, createTestApp, exampleRequest, origin } from './testing/test-app.ts'

const page = `<!doctype html><title>Parley</title>${' '.repeat(500)}`
const script = `export const x = 1 // ${'x'.repeat(500)}`
const font = Uint8Array.from({ length: 300 }, (_, n) => (n * 7919) & 0xff)
const paths = ['/', '/sign-in', '/channels/{channel}/requests', '/channels/{channel}/requests/{id}']

let folder: string
let staticFiles: StaticFiles

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-static-'))
  await write('index.html', page)
  await write('assets/main-Dk3_9aXz.js', script)
  await write('assets/noto-B81kq0Zq.woff2', font)
  await write('assets/unhashed.js', script)
  await write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  staticFiles = await loadStaticFiles({ folder, paths })
})

afterAll(() => rm(folder, { recursive: true }))

const get = (path: string, headers: Record<string, string> = {}) =>
  createTestApp({ staticFiles }).app.fetch(new Request(origin + path, { headers }))

test.each([
  ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
  ['/assets/main-Dk3_9aXz.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/noto-B81kq0Zq.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
  ['/assets/unhashed.js', 'text/javascript; charset=utf-8', 'no-cache'],
  ['/favicon.svg', 'image/svg+xml', 'no-cache'],
])('[HT30] %s', async (path, media, cache) => {
  const response = await get(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(media)
  expect(response.headers.get('cache-control')).toBe(cache)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain("script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
})

test('[HT30] a file comes compressed to whoever asks, and not again to whoever has it', async () => {
  const plain = await get('/assets/main-Dk3_9aXz.js')
  expect(await plain.text()).toBe(script)
  expect(plain.headers.get('vary')).toBe('accept-encoding')
  for (const accepted of ['gzip', 'br, gzip;q=0.5', 'deflate,gzip ; q=1.0']) {
    const response = await get('/assets/main-Dk3_9aXz.js', { 'accept-encoding': accepted })
    expect(response.headers.get('content-encoding'), accepted).toBe('gzip')
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(script)
  }
  for (const refused of ['', 'br', 'gzip;q=0', 'gzip;q=0.000', 'xgzip', 'gzipx']) {
    expect(
      (await get('/assets/main-Dk3_9aXz.js', { 'accept-encoding': refused })).headers.get('content-encoding'),
    ).toBeNull()
  }
  const fontAnswer = await get('/assets/noto-B81kq0Zq.woff2', { 'accept-encoding': 'gzip' })
  expect(new Uint8Array(await fontAnswer.arrayBuffer())).toEqual(font)
  const again = await get('/index.html', { 'if-none-match': (await get('/index.html')).headers.get('etag')! })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

test.each(['/', '/sign-in', '/channels/abc/requests', '/channels/abc/requests/def', '/channels/a.b~c/requests'])(
  '[HT31] %s gets the page',
  async (path) => {
    expect(await (await get(path)).text()).toBe(page)
  },
)

test.each([
  '/sign-in/',
  '/sign-in/x',
  '/Sign-in',
  '/channels',
  '/channels/',
  '/channels//requests',
  '/channels/a/b/requests',
  '/channels/abc/requests/',
  '/assets/',
  '/assets',
  '/assets/missing.js',
  '/assets/../index.html',
  '/..%2findex.html',
  '/%2e%2e/index.html',
  '/index.html/',
  '/INDEX.HTML',
  '//index.html',
  '/index.html%00',
  '/.git/config',
  '/package.json',
  '/api',
  '/api/',
  '/api/unknown',
  '/health/x',
  '/channels/%41/requests',
  '/channels/;/requests',
])('[HT31] %s is not found', async (path) => {
  const { app } = createTestApp({ staticFiles })
  const sent = { incoming: { url: path, socket: {} } }
  expect((await app.fetch(new Request(`${origin}/`), sent)).status).toBe(404)
})

test('[HT31] only reads get a page', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { app } = createTestApp({ staticFiles })
    expect((await app.fetch(new Request(`${origin}/sign-in`, { method }))).status).toBe(404)
  }
  const { app } = createTestApp({ staticFiles })
  const head = await app.fetch(new Request(`${origin}/sign-in`, { method: 'HEAD' }))
  expect([head.status, head.body]).toEqual([200, null])
  expect((await app.fetch(exampleRequest('viewNode', bearer))).headers.get('content-type')).toBe('application/json')
  expect((await app.fetch(new Request('http://evil.example/sign-in'))).status).toBe(421)
})

test('[HT30] what should not be served stops the start', async () => {
  const refuses = async (code: string) => {
    await expect(loadStaticFiles({ folder, paths })).rejects.toMatchObject({ code })
  }
  await write('notes.exe', 'x')
  await refuses('static.malformed')
  await rm(join(folder, 'notes.exe'))
  await symlink('/etc/hostname', join(folder, 'link.txt'))
  await refuses('static.malformed')
  await rm(join(folder, 'link.txt'))
  await expect(loadStaticFiles({ folder: join(folder, 'assets'), paths })).rejects.toMatchObject({
    code: 'static.malformed',
  })
})
