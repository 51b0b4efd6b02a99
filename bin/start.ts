// `npm start`: the 2015 agreement between two parties, each with a node of its own, as two processes with two databases.
// Both adopt it; one opens a request for assistance, the other acknowledges and answers; every entry gets its receipt;
// both compute the same states. Then both consoles stay open until Ctrl-C. What was recorded is there at the next start.

import { mkdir, readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@parley/api/client'
import { compilePack, packDigest } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import { operatorTokenFile } from '@parley/server'
import { adopt, playRequest } from './start/case.ts'
import { foundParties } from './start/found-parties.ts'
import { startProcess } from './start/node-process.ts'
import type { NodeProcess } from './start/node-process.ts'
import type { Side } from './start/side.ts'

const root = join(import.meta.dirname, '..')
const data = process.env['PARLEY_DATA'] ?? join(root, 'var')
const packFolder = join(root, 'agreements', 'us-cn-2015')
const consoleFolder = join(root, 'packages', 'console', 'dist')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const names = (await readdir(packFolder)).filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
const files = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await readFile(join(packFolder, name), 'utf8')] as const)),
)
const pack = compilePack(files)
const digest = packDigest(pack, nodeCrypto)
const parties = pack.parties.map(({ id }) => id)

await mkdir(data, { recursive: true })
const channel = await foundParties(data, pack.id, parties, digest, pack)
const processes: NodeProcess[] = []
let ending = false

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await Promise.all(processes.map((process_) => process_.stop()))
  process.exit(code)
}
process.on('SIGINT', () => void end(0))
process.on('SIGTERM', () => void end(0))

try {
  const sides = await Promise.all(
    parties.map(async (party): Promise<Side> => {
      const home = join(data, party)
      const started = await startProcess(home, existsSync(consoleFolder) ? consoleFolder : undefined)
      processes.push(started)
      void started.ended.then(() => {
        if (ending) return
        say(`the node of ${party} ended; see ${join(home, 'node.log')}`)
        void end(1)
      })
      const token = (await readFile(join(home, operatorTokenFile), 'utf8')).trim()
      const client = createClient({ baseUrl: started.origin, fetch, token })
      return { party, origin: started.origin, client, channel, token, newToken: started.newToken !== null }
    }),
  )
  await adopt(sides, digest)
  const agreed = await playRequest(sides)
  say('')
  for (const side of sides) {
    const name = pack.parties.find(({ id }) => id === side.party)?.names['en'] ?? side.party
    // The token opens the console once; the page takes it out of the address.
    // Passkeys are bound to a name, so the machine's own name stands in for its address.
    const named = side.origin.replace('//127.0.0.1:', '//localhost:')
    say(`${name}: ${named}/${side.newToken ? `#token=${side.token}` : ''}`)
  }
  if (sides.some(({ newToken }) => !newToken)) say(`tokens: ${join(data, '<party>', operatorTokenFile)}`)
  say('')
  say(`both nodes agree: ${agreed}`)
  say('Ctrl-C ends both nodes; what was recorded stays.')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  await end(1)
}
