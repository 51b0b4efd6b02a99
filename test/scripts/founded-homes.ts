// Two homes with a channel between them, made by the real commands, for the tests of everything after that.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../../bin/start/free-port.ts'
import { parley } from './run-parley.ts'
import type { Ended } from './run-parley.ts'

export interface FoundedHomes {
  readonly folder: string
  readonly us: string
  readonly cn: string
  readonly genesis: string
  readonly channel: string
  readonly cards: readonly [us: string, cn: string]
  remove(): Promise<void>
}

function must({ code, err, out }: Ended): Ended {
  if (code !== 0) throw new Error(`exit code ${code}: ${err}${out}`)
  return { code, err, out }
}

/** Only the homes, with a card each. */
export async function initHomes(): Promise<Omit<FoundedHomes, 'channel'>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-scripts-'))
  const [us, cn] = [join(folder, 'us'), join(folder, 'cn')]
  await Promise.all(
    ['us', 'cn'].map(async (party) => {
      const address = `https://127.0.0.1:${await findFreePort()}`
      const named = ['--party', party, '--prefix', `${party}.parley.example`, '--address', address]
      must(await parley(['init', '--home', join(folder, party), ...named]))
    }),
  )
  const cards = [join(us, 'card.json'), join(cn, 'card.json')] as const
  const genesis = join(folder, 'channel.genesis')
  return { folder, us, cn, cards, genesis, remove: () => rm(folder, { recursive: true, force: true }) }
}

export async function foundHomes(): Promise<FoundedHomes> {
  const homes = await initHomes()
  must(await parley(['channel', 'new', ...homes.cards, '--agreement', 'us-cn-2015', '--out', homes.genesis]))
  await Promise.all(
    [homes.us, homes.cn].map(async (home) =>
      must(await parley(['channel', 'join', homes.genesis, ...homes.cards, '--home', home])),
    ),
  )
  const { channel } = JSON.parse(await readFile(homes.genesis, 'utf8')) as { channel: string }
  return { ...homes, channel }
}
