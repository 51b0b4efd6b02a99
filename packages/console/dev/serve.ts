// Serves the built console under the node's own content security policy, with the stand-in behind it: what a browser
// refuses there, it refuses on a node. Development only.

import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { createMock } from './mock.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join('; ')
const medias: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Starts on a free port, or on the one given, of the loopback address. */
export async function serveBuilt(port = 0): Promise<{ address: string; close: () => void }> {
  const dist = new URL('../dist/', import.meta.url)
  const mock = await createMock()
  const server = createServer((request, response) => {
    void mock(request, response, () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      const asked = new URL(`.${path}`, dist)
      const file = path !== '/' && existsSync(asked) ? asked : new URL('index.html', dist)
      response.writeHead(200, {
        'content-type': medias[extname(file.pathname)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      })
      createReadStream(file).pipe(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

if (process.argv[1] === import.meta.filename) {
  const { address } = await serveBuilt(Number(process.env['PORT'] ?? 4174))
  process.stdout.write(`${address}/#token=operator\n`)
}
