// Runs a node that opens its logs without asking anybody, for measuring one alone: as `bin/run-node.ts` but for that.
//
//   node run-alone.ts HOME

import { startNode } from '@parley/server'

const [home] = process.argv.slice(2)
if (home === undefined) throw new Error('usage: run-alone.ts HOME')

const running = await startNode(home, {
  writeLog: () => undefined,
  logLevel: 'silent',
  fatal(error) {
    process.stderr.write(`${String(error)}\n`)
    process.exit(70)
  },
})
const { driver, state } = running.node
for (const origin of state.own.keys()) driver.dispatch({ kind: 'overridden', origin, at: Date.now() })
process.stdout.write(`${JSON.stringify({ origin: running.origin, newToken: running.newToken ?? null })}\n`)
process.stdin.once('end', () => process.exit(0)).resume()
process.once('SIGTERM', () => void running.close().then(() => process.exit(0)))
