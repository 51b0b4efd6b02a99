// Two parties' nodes in this process with all their interfaces, on homes that the real command line made, with the 2015
// agreement in force: for tests that speak HTTP to a node and look into its store besides.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startNode } from '../../packages/server/src/main.ts'
import type { RunningNode } from '../../packages/server/src/main.ts'
import { foundHomes } from '../scripts/founded-homes.ts'
import type { FoundedHomes } from '../scripts/founded-homes.ts'
import { parley, root, untilReady } from '../scripts/run-parley.ts'

export interface RunningHomes {
  readonly homes: FoundedHomes
  readonly us: RunningNode
  readonly cn: RunningNode
  close(): Promise<void>
}

const wide = { burst: 100_000, perMinute: 100_000 }

async function start(home: string): Promise<RunningNode> {
  const file = join(home, 'node.json')
  const settings = JSON.parse(await readFile(file, 'utf8')) as object
  await writeFile(file, JSON.stringify({ ...settings, limits: { read: wide, write: wide, connectionsPerClient: 256 } }))
  const node = await startNode(home, {
    writeLog: () => undefined,
    logLevel: 'silent',
    fatal: (error) => {
      throw error
    },
  })
  await writeFile(join(home, 'node.address'), `${node.origin}\n`)
  return node
}

export async function startHomes(): Promise<RunningHomes> {
  const homes = await foundHomes()
  const [us, cn] = [await start(homes.us), await start(homes.cn)]
  await untilReady(us, cn)
  for (const home of [homes.us, homes.cn]) {
    const adopted = await parley(['adopt', join(root, 'agreements', 'us-cn-2015'), '--home', home])
    if (adopted.code !== 0) throw new Error(adopted.err)
  }
  return {
    homes,
    us,
    cn,
    async close() {
      await us.close()
      await cn.close()
      await homes.remove()
    },
  }
}
