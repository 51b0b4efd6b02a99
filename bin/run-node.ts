// Runs the node of one home as a process of its own, for `npm start`: says where it is as one line of JSON on standard
// output, logs to a file in the home, and closes on SIGTERM or when its parent is gone.

import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { startNode } from '@parley/server'

const [home, consoleFolder] = process.argv.slice(2)
if (home === undefined) throw new Error('usage: run-node.ts HOME [CONSOLE-FOLDER]')

const log = createWriteStream(join(home, 'node.log'), { flags: 'a', mode: 0o600 })
const running = await startNode(home, {
  writeLog: (line) => log.write(line),
  ...(consoleFolder === undefined ? {} : { console: consoleFolder }),
  fatal(error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(70)
  },
})
process.stdout.write(`${JSON.stringify({ origin: running.origin, newToken: running.newToken ?? null })}\n`)

let closing = false
function close(): void {
  if (closing) return
  closing = true
  void running.close().then(() => process.exit(0))
}
process.once('SIGTERM', close)
// Ctrl-C reaches the whole group; the parent decides when a node ends.
process.on('SIGINT', () => undefined)
process.stdin.once('end', close).resume()
