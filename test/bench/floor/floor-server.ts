// The least that a durable receipt costs: an HTTP server that verifies one Ed25519 signature on the thread pool, appends
// the body to a file and answers when the file is synchronised, many at a time. What the node does beyond this is what it
// is measured by. Run as a process of its own, with the file as its argument.

import { createServer } from 'node:http'
import { open } from 'node:fs/promises'
import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('usage: floor-server.ts FILE')

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const message = randomBytes(55)
const signature = sign(null, message, privateKey)
const file = await open(path, 'w')
let waiting: { body: Buffer; answer: () => void }[] = []
let writing = false

async function write(): Promise<void> {
  if (writing) return
  writing = true
  while (waiting.length > 0) {
    const group = waiting
    waiting = []
    await file.write(Buffer.concat(group.map(({ body }) => body)))
    await file.datasync()
    for (const { answer } of group) answer()
  }
  writing = false
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    verify(null, message, publicKey, signature, () => {
      const answer = (): void => void response.writeHead(201, { 'content-length': 2 }).end('{}')
      waiting.push({ body: Buffer.concat(chunks), answer })
      void write()
    })
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${port}` })}\n`)
})
process.stdin.once('end', () => process.exit(0)).resume()
