import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatGenesis, openCard } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { foundNodes, testPackDigest } from '../../test-support/two-nodes.ts'
import type { TestNodes } from '../../test-support/two-nodes.ts'
import { createImportChannel, createImportPack } from './taking-up.ts'

const agreement = join(import.meta.dirname, '../../../../agreements/us-cn-2015')
const packFiles = readdirSync(agreement)
  .filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
  .map((name) => ({ name, text: readFileSync(join(agreement, name), 'utf8') }))

let nodes: TestNodes
beforeAll(async () => {
  nodes = await foundNodes({ running: [], adopted: false })
  await nodes.of('us').open()
}, 30_000)
afterAll(() => nodes.close())

/** What a handler of these operations looks at. */
function call(body: unknown): never {
  return { body } as never
}

async function composeGenesis(channel: string, agreed = 'us-cn-2015'): Promise<string> {
  const cards = await Promise.all(nodes.cards.map((card) => openCard(nodeCrypto, card)))
  const parties = cards.map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log }))
  return formatGenesis({ v: 1, channel, agreement: agreed, parties }).toBase64()
}

describe('joining a channel on a running node', () => {
  const channel = 'cd'.repeat(16)

  test('takes it up, with its log, once', async () => {
    const { node } = nodes.of('us')
    const join = createImportChannel(node)
    const genesis = await composeGenesis(channel)
    // The log of governance waits for an answer after the start, and joining is an entry of it.
    await expect(join(call({ genesis, cards: [] }))).rejects.toMatchObject({ code: 'log.read-only', detail: 'asking' })
    expect(node.registry.channels()).toHaveLength(1)
    const governance = node.state.own.get(nodes.of('us').governanceLog)!
    node.driver.dispatch({ kind: 'overridden', origin: governance.origin, at: Date.now() })
    expect(await join(call({ genesis, cards: [] }))).toEqual({ channel })
    expect(node.registry.logsOf(channel)).toHaveLength(4)
    expect(node.state.own.has(`us.parley.example/c/${channel}`)).toBe(true)
    await expect(join(call({ genesis, cards: [] }))).rejects.toMatchObject({ code: 'channel.exists' })
  })

  test.each([
    ['is no genesis', 'e30=', []],
    ['has a card that is none', undefined, ['e30=']],
  ])('refuses what %s', async (_what, given, cards) => {
    const genesis = given ?? (await composeGenesis('ef'.repeat(16)))
    const joined = createImportChannel(nodes.of('us').node)(call({ genesis, cards }))
    await expect(joined).rejects.toMatchObject({ code: 'channel.refused', reason: expect.stringMatching(/^[a-z]+\./) })
  })
})

describe('handing over a pack', () => {
  test('gives the digest that everybody computes', async () => {
    const handed = await createImportPack(nodes.of('us').node)(call({ files: packFiles }))
    expect(handed).toEqual({ id: 'us-cn-2015', digest: testPackDigest })
  })

  test('refuses a broken one with every place that is wrong', async () => {
    const broken = packFiles.map(({ name, text }) => ({ name, text: text.replace('commitments:', 'commitmints:') }))
    await expect(createImportPack(nodes.of('us').node)(call({ files: broken }))).rejects.toMatchObject({
      code: 'pack.refused',
      reason: expect.stringMatching(/^shape\./),
      errors: expect.arrayContaining([expect.objectContaining({ code: expect.any(String) })]),
    })
  })
})
