// Weighs what the first page loads, compressed and without fonts, and fails when it is above the budget. Run by `build`.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const firstLoadBytesMax = 250_000
const distBytesMax = 16_000_000

const dist = new URL('../dist/', import.meta.url)
const page = readFileSync(new URL('index.html', dist), 'utf8')
const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]!)
const all = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
// The messages of one language come before the first page too; the larger language counts.
const messages = all.filter(({ name }) => /^(en|zh-hans)-.*\.js$/.test(name)).map(({ name }) => `assets/${name}`)

const weigh = (path: string) => gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length
const rows = ['index.html', ...named].map((path) => ({ path, bytes: weigh(path) }))
const language = messages.map((path) => ({ path, bytes: weigh(path) })).sort((a, b) => b.bytes - a.bytes)[0]
if (language === undefined) throw new Error('the build has no file of messages')
const first = [...rows, language].reduce((sum, { bytes }) => sum + bytes, 0)
const whole = all.reduce((sum, entry) => sum + statSync(`${entry.parentPath}/${entry.name}`).size, 0)

for (const { path, bytes } of [...rows, language]) process.stdout.write(`${String(bytes).padStart(8)}  ${path}\n`)
process.stdout.write(`${String(first).padStart(8)}  first load, compressed, of ${firstLoadBytesMax}\n`)
process.stdout.write(`${String(whole).padStart(8)}  the whole build, fonts included, of ${distBytesMax}\n`)
if (first > firstLoadBytesMax || whole > distBytesMax) {
  process.stderr.write('the build is over its budget\n')
  process.exitCode = 1
}
