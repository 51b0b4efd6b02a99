import { webcrypto } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveApp, type Serving } from './serve.ts'
import { createTestApp } from './testing/test-app.ts'

let folder: string
let tls: { readonly certificateFile: string; readonly keyFile: string }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-tls-'))
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { name: 'CN=node.example', keys, signingAlgorithm: algorithm, notBefore: new Date(0), notAfter: new Date(4e12) },
    webcrypto,
  )
  tls = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') }
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  await writeFile(tls.certificateFile, certificate.toString('pem'))
  await writeFile(tls.keyFile, x509.PemConverter.encode(key, 'PRIVATE KEY'))
})

afterAll(() => rm(folder, { recursive: true }))

async function withServer(
  options: { readonly host: string; readonly origin?: string },
  use: (serving: Serving) => Promise<void>,
) {
  const { events } = createTestApp()
  const createApp = (origins: readonly [string, ...string[]]) => createTestApp({ origins, events }).app
  const serving = await serveApp({ ...options, port: 0, tls, events, createApp })
  try {
    await use(serving)
  } finally {
    await serving.close()
  }
}

function ask(port: number, host: string, more: { readonly maxVersion?: 'TLSv1.2' } = {}) {
  return new Promise<{ status: number; transport: string | undefined }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/health', headers: { host }, rejectUnauthorized: false, ...more }
    const sent = request(options, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode!, transport: answer.headers['strict-transport-security'] })
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('[HT32] over TLS it is served, under the origin that people type, by TLS 1.3 alone', async () => {
  await withServer({ host: '127.0.0.1', origin: 'https://node.example' }, async ({ port, origin }) => {
    expect(origin).toBe('https://node.example')
    expect(await ask(port, 'node.example')).toMatchObject({ status: 200, transport: 'max-age=31536000' })
    expect(await ask(port, `127.0.0.1:${port}`)).toMatchObject({ status: 421 })
    await expect(ask(port, 'node.example', { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol|alert/i)
  })
})

test('[HT32] on every interface it needs to be told its origin', async () => {
  await expect(withServer({ host: '0.0.0.0' }, async () => {})).rejects.toMatchObject({ code: 'serve.plain' })
  await withServer({ host: '127.0.0.1' }, async ({ port, origin }) => {
    expect(origin).toBe(`https://127.0.0.1:${port}`)
    expect(await ask(port, `localhost:${port}`)).toMatchObject({ status: 200 })
  })
})

test('[HT33] one client holds a bounded number of connections', async () => {
  await withServer({ host: '127.0.0.1' }, async ({ port }) => {
    let closed = 0
    const sockets = Array.from({ length: 140 }, () => connect(port, '127.0.0.1'))
    for (const socket of sockets) {
      socket.on('error', () => {})
      socket.on('close', () => (closed += 1))
    }
    await expect.poll(() => closed, { timeout: 4000 }).toBe(12)
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(() =>
        ask(port, `localhost:${port}`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200)
  })
})
