import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { leafHash, MemoryTree } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { operatorTokenFile } from '@parley/server'
import { startProcess } from '../../bin/start/node-process.ts'
import type { NodeProcess } from '../../bin/start/node-process.ts'
import { bodyOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { eventually, foundNodes, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const kills = Number(process.env['PARLEY_KILLS'] ?? 50)
const seed = Number(process.env['PARLEY_SEED'] ?? Date.now() % 1_000_000)
const writersPerNode = 4
const patience = 120_000

/** Chance that follows from the seed (xorshift32): the same one kills at the same moments, as far as moments repeat. */
function createChance(start: number): (below: number) => number {
  let state = start * 2 + 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** A node that is a process: killed and started again, over and over, under one name. */
class Victim {
  readonly one: TestNode
  /** Heads of every log as its interface showed them, by origin and size. */
  readonly heads = new Map<string, string>()
  #process: NodeProcess | undefined
  #client: Client | undefined

  constructor(one: TestNode) {
    this.one = one
  }

  /** @throws Error while the process does not run. */
  get client(): Client {
    if (this.#client === undefined) throw new Error('it is dead')
    return this.#client
  }

  /** Resolves to false when it was killed before it listened. */
  async start(): Promise<boolean> {
    const { folder } = this.one.home
    const started = await startProcess(folder, undefined).catch(() => undefined)
    if (started === undefined) return false
    const token = (await readFile(join(folder, operatorTokenFile), 'utf8')).trim()
    this.#process = started
    this.#client = createClient({ baseUrl: started.origin, fetch, token })
    return true
  }

  async ready(): Promise<void> {
    const isOpen = async (): Promise<boolean> => (await this.client.viewNode()).condition === 'normal'
    await eventually('it is ready', isOpen, patience, () => true)
  }

  async kill(): Promise<void> {
    const dying = this.#process
    this.#client = undefined
    if (dying === undefined) return
    process.kill(dying.id, 'SIGKILL')
    await dying.ended
    this.#process = undefined
  }

  async stop(): Promise<void> {
    this.#client = undefined
    await this.#process?.stop()
    this.#process = undefined
  }

  /** Notes every head that the node shows. Two heads of one size must be one and the same, whoever shows them and when. */
  async noteHeads(): Promise<void> {
    const { items } = await this.client.listLogs()
    for (const { head, origin } of items) {
      if (head === null) continue
      const name = `${origin} ${head.size}`
      expect(this.heads.get(name) ?? head.root, name).toBe(head.root)
      this.heads.set(name, head.root)
    }
  }
}

interface Acknowledged {
  readonly key: string
  readonly digest: string
  readonly position: number
}

/** Says one thing after the other, each until it is acknowledged, always under the same key. */
async function write(victim: Victim, channel: string, name: string, isOver: () => boolean): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = []
  const to = victim.one.party === 'cn' ? 'us' : 'cn'
  const data = {
    to,
    kind: 'information',
    urgency: 'ordinary',
    offences: ['illegal-access'],
    languages: ['en'],
    handling: 'amber',
  }
  for (let i = 0; !isOver(); i++) {
    const key = `${name}-number-${String(i).padStart(8, '0')}`
    const body = { type: 'request.opened', data, body: bodyOf(key), idempotencyKey: key } as never
    const entry = await eventually(
      `${key} is acknowledged`,
      async () => (await victim.client.appendAct({ params: { channel }, body })).entry,
      patience,
      () => true,
    )
    acknowledged.push({ key, digest: entry.digest, position: entry.position })
  }
  return acknowledged
}

onEachStore((store) => {
  let nodes: TestNodes
  let victims: Victim[] = []
  afterEach(async () => {
    await Promise.all(victims.map((victim) => victim.stop()))
    await nodes.close()
  })

  test(
    `[LG9] after ${kills} kills nothing acknowledged is lost or doubled, and both sides agree (seed ${seed})`,
    { timeout: 300_000 },
    async () => {
      const rate = { burst: 1_000_000, perMinute: 1_000_000 }
      const settings = { limits: { read: rate, write: rate, heavy: rate } }
      nodes = await foundNodes({ store: store(), running: [], settings })
      process.env['NODE_COMPILE_CACHE'] = join(nodes.folder, 'compile-cache')
      victims = nodes.all.map((one) => new Victim(one))
      await Promise.all(victims.map((victim) => victim.start()))
      const { channel } = nodes
      for (const { client } of victims) {
        const body = { type: 'agreement.adopted', data: { pack: testPackDigest } } as const
        await eventually(
          'it is adopted',
          () => client.appendAct({ params: { channel }, body }),
          patience,
          () => true,
        )
      }

      const chance = createChance(seed)
      let isOver = false
      const writing = victims.flatMap((victim) =>
        Array.from({ length: writersPerNode }, (_, i) =>
          write(victim, channel, `${victim.one.party}-writer-${i}`, () => isOver),
        ),
      )
      let killed = 0
      while (killed < kills) {
        await Promise.all(victims.map((victim) => victim.noteHeads().catch(failOnContradiction)))
        // One of them, or now and then both at once, at whatever moment it is.
        const hit = chance(6) === 0 ? victims : [victims[chance(victims.length)]!]
        await new Promise((resolve) => setTimeout(resolve, chance(300)))
        killed += hit.length
        await Promise.all(hit.map((victim) => victim.kill()))
        while (!(await Promise.all(hit.map((victim) => victim.start()))).every((isUp) => isUp));
        // Mostly it gets to work again first; sometimes it is hit while it still asks and recovers.
        if (chance(4) > 0) await Promise.all(victims.map((victim) => victim.ready()))
      }
      isOver = true
      const acknowledged = await Promise.all(writing)
      const bySide = victims.map((_, i) => acknowledged.slice(i * writersPerNode, (i + 1) * writersPerNode).flat())

      const cuts = await eventually(
        'both are at the same cut',
        async () => {
          const found = await Promise.all(victims.map(({ client }) => client.viewCut({ params: { channel } })))
          return found[0]!.cutDigest === found[1]!.cutDigest ? found : undefined
        },
        patience,
        () => true,
      )
      expect(cuts[1]).toEqual(cuts[0])
      for (const victim of victims) await victim.noteHeads()
      await Promise.all(victims.map((victim) => victim.stop()))

      await Promise.all(nodes.all.map((one) => one.open()))
      for (const [i, one] of nodes.all.entries()) {
        const { size } = one.node.state.own.get(one.channelLog)!.frontier
        const said = bySide[i]!
        // Every key was acknowledged in the end, so the log holds these, the adoption, and nothing twice.
        expect(new Set(said.map(({ position }) => position)).size).toBe(said.length)
        expect(size).toBe(said.length + 1)
        for (const holder of nodes.all) await expectWhole(holder, one.channelLog, size, said, victims)
      }
      const total = bySide.flat().length
      expect(total).toBeGreaterThan(kills)
      process.stdout.write(
        `${store().name}: ${killed} kills, ${total} acknowledged, none lost, none doubled (seed ${seed})\n`,
      )
    },
  )
})

/** A killed node answers nothing; a head that contradicts an earlier one is what must never be. */
function failOnContradiction(error: unknown): void {
  if (error instanceof Error && error.name === 'AssertionError') throw error
}

/** The log holds all that was acknowledged, and grew through every head of it that was ever shown. */
async function expectWhole(
  { node }: TestNode,
  origin: string,
  size: number,
  said: readonly Acknowledged[],
  victims: readonly Victim[],
): Promise<void> {
  const tree = new MemoryTree(nodeCrypto)
  const digests: string[] = []
  for (let start = 0; start < size; start += 1024) {
    for (const bytes of await node.logReader.readEntries(origin, start, Math.min(size, start + 1024))) {
      tree.append(leafHash(nodeCrypto, bytes))
      digests.push(node.openLeaf(bytes).parsed!.digest)
    }
  }
  expect(tree.size).toBe(size)
  for (const { digest, position } of said) expect(digests[position]).toBe(digest)
  let compared = 0
  for (const [name, root] of victims.flatMap(({ heads }) => [...heads])) {
    const [of, at] = name.split(' ')
    if (of !== origin) continue
    expect(tree.root(Number(at)).toBase64(), name).toBe(root)
    compared += 1
  }
  expect(compared).toBeGreaterThan(0)
}
