// Evidence over an air gap, by the real commands: the record goes in a bundle, the sealed file beside it.

import { randomBytes } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

const content = new Uint8Array(randomBytes(3 * 1024 * 1024 + 5))
let homes: FoundedHomes
let running: StartedNode | undefined
beforeAll(async () => {
  homes = await foundHomes()
  // They meet once; from then on only one of them runs at a time.
  const [us, cn] = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(us, cn)
  await cn.stop()
  running = us
  await writeFile(join(homes.folder, 'capture.pcap'), content)
}, 120_000)
afterAll(async () => {
  await running?.stop()
  await homes?.remove()
})

async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Value
}

interface Beside {
  readonly item: string
  readonly digest: string
  readonly bytes: number
}

test('[EF15] a file goes beside the bundle, is checked whole, and its receipt comes back by bundle', async () => {
  const stick = (name: string): string => join(homes.folder, name)
  const added = await json<{ item: string }>(homes.us, 'evidence', 'add', stick('capture.pcap'))
  const { beside } = await json<{ beside: Beside[] }>(homes.us, 'export', '--to', 'cn', '--out', stick('one'))
  expect(beside).toMatchObject([{ item: added.item, from: 'us' }])
  const { digest } = beside[0]!
  const sealed = stick(`${digest}.age`)
  await json(homes.us, 'evidence', 'fetch', added.item, '--out', sealed)
  await running!.stop()
  // Without a node the same is said.
  const local = await json<{ beside: Beside[] }>(homes.us, 'export', '--to', 'cn', '--out', stick('two'))
  expect(local.beside).toEqual(beside)

  running = await startParley(homes.cn)
  const early = await parley(['evidence', 'take', sealed, '--home', homes.cn])
  expect(early).toMatchObject({ code: 1, out: '' })
  expect(early.err).toContain('evidence.unknown')
  const { awaited } = await json<{ awaited: Beside[] }>(homes.cn, 'import', stick('one'))
  expect(awaited).toEqual(beside)

  const good = await readFile(sealed)
  await copyFile(sealed, stick('whole'))
  good[1_500_000]! ^= 1
  await writeFile(sealed, good)
  const damaged = await parley(['evidence', 'take', sealed, '--home', homes.cn])
  expect(damaged).toMatchObject({ code: 1, out: '' })
  expect(damaged.err).toContain('evidence.damaged')
  expect(await json(homes.cn, 'evidence', 'take', stick('whole'))).toMatchObject({ item: added.item, held: false })

  const shown = async (home: string) => {
    const view = await json<{
      item: { held: { state: string } }
      state: { custody: { party: string; status: string }[] }
    }>(home, 'evidence', 'show', added.item)
    return [view.item.held.state, view.state.custody.find(({ party }) => party === 'cn')?.status]
  }
  for (let tries = 0; tries < 60 && (await shown(homes.cn))[1] !== 'received'; tries++) await sleep(250)
  expect(await shown(homes.cn)).toEqual(['held', 'received'])
  expect(await json(homes.cn, 'evidence', 'take', stick('whole'))).toMatchObject({ held: true })
  await json(homes.cn, 'evidence', 'open', added.item, '--purpose', 'examination', '--out', stick('opened'))
  expect((await readFile(stick('opened'))).equals(content)).toBe(true)

  await json(homes.cn, 'export', '--to', 'us', '--out', stick('back'))
  await running.stop()
  running = await startParley(homes.us)
  expect(await json(homes.us, 'import', stick('back'))).toMatchObject({ awaited: [], refused: [] })
  expect(await shown(homes.us)).toEqual(['held', 'opened'])
}, 120_000)
