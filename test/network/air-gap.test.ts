// Two nodes that never connect carry everything on a medium: the receipts, standings and states are those of the wire, and
// when they are connected afterwards the wire has nothing to add.

import { cp } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { nodeCrypto } from '@parley/record/node'
import type { ParleyNode } from '@parley/server'
import { listCosignaturesOfLog } from '../../packages/server/src/db/cosignatures.ts'
import { listEntriesOfSubject } from '../../packages/server/src/db/entries.ts'
import { listForks } from '../../packages/server/src/db/forks.ts'
import { listSubjects } from '../../packages/server/src/db/subjects.ts'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import type { ActOrder } from '../../packages/server/src/desk/act.ts'
import { viewCut } from '../../packages/server/src/desk/cut.ts'
import { exportBundle } from '../../packages/server/src/desk/export-bundle.ts'
import { importBundle } from '../../packages/server/src/desk/import-bundle.ts'
import type { BundleTaken } from '../../packages/server/src/desk/import-bundle.ts'
import { viewStanding } from '../../packages/server/src/desk/standing.ts'
import { openHome } from '../../packages/server/src/home.ts'
import { openNode } from '../../packages/server/src/node.ts'
import { eventually, foundNodes, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** The channel of the nodes that were set up last. */
let channel: string

async function setUp(): Promise<{ nodes: TestNodes; us: ParleyNode; cn: ParleyNode }> {
  const nodes = await foundNodes({ running: [], adopted: false })
  closers.push(() => nodes.close())
  channel = nodes.channel
  return { nodes, us: await nodes.of('us').open(), cn: await nodes.of('cn').open() }
}

/** Closes a node and opens it again, with nothing but what is on its disk. */
async function reopen(nodes: TestNodes, party: string): Promise<ParleyNode> {
  await nodes.of(party).stop()
  return nodes.of(party).open()
}

/** One medium from one node to the other. */
async function carry(from: ParleyNode, to: ParleyNode, all?: true): Promise<BundleTaken> {
  const order = { channel, purpose: 'transport', recipient: to.registry.self, ...(all ? { all } : {}) } as const
  return importBundle(to, await exportBundle(from, order))
}

/** A courier who goes to and fro until neither side has anything new. */
async function carryAll(us: ParleyNode, cn: ParleyNode): Promise<void> {
  for (let idle = 0, legs = 0; idle < 2; legs++) {
    expect(legs).toBeLessThan(12)
    await published(us, cn)
    const taken = legs % 2 === 0 ? await carry(us, cn) : await carry(cn, us)
    expect(taken.refused).toEqual([])
    idle = taken.entries + taken.bodies + taken.cosignatures === 0 ? idle + 1 : 0
  }
}

/** Heads are signed a moment after the entries are durable. */
async function published(...nodes: ParleyNode[]): Promise<void> {
  await eventually('heads are signed', () =>
    nodes.every(({ state }) =>
      [...state.own.values()].every((own) => own.phase !== 'open' || (own.published?.size ?? 0) === own.frontier.size),
    ),
  )
}

const phases = ({ state }: ParleyNode): string[] => [...state.own.values()].map(({ phase }) => phase)
const act = (node: ParleyNode, order: ActOrder) => recordAct(node, channel, order)
const body = { v: 1, texts: [{ language: 'en', text: 'Keep the logs of 198.51.100.7', role: 'original' }] } as const
const opening = {
  type: 'request.opened',
  data: {
    to: 'cn',
    kind: 'information',
    urgency: 'ordinary',
    offences: ['phishing'],
    languages: ['en'],
    handling: 'amber',
  },
  body,
} as const

/** Both adopt, one asks, the other acknowledges and answers; the courier goes between them. */
async function playCase(us: ParleyNode, cn: ParleyNode): Promise<string> {
  await carry(us, cn)
  await carry(cn, us)
  await act(us, { type: 'agreement.adopted', data: { pack: testPackDigest } })
  await act(cn, { type: 'agreement.adopted', data: { pack: testPackDigest } })
  await carryAll(us, cn)
  const { digest } = await act(us, opening)
  await carryAll(us, cn)
  await act(cn, { type: 'request.acknowledged', subject: digest, data: {} })
  await act(cn, {
    type: 'request.answered',
    subject: digest,
    data: { outcome: 'full', handling: 'amber', use: 'intelligence-only' },
    body,
  })
  await carryAll(us, cn)
  return digest
}

async function standings(node: ParleyNode, subject: string): Promise<string[]> {
  const rows = await listEntriesOfSubject(node.database.reader, { channel, subject, limit: 100 })
  return Promise.all(
    rows.map(async (row) => {
      const stored = node.shelf.stored().find(({ id }) => id === row.log)
      return (await viewStanding(node, node.registry.logOf(stored!.origin)!, row)).level
    }),
  )
}

/** The mirror cosignatures over a log, as they are stored. */
async function receipts(node: ParleyNode, origin: string): Promise<string[]> {
  const log = node.shelf.numberOf(origin)
  const rows = await listCosignaturesOfLog(node.database.reader, { log, limit: 200 })
  return rows.map(({ cosigner, size, time, signature }) => `${cosigner} ${size} ${time} ${signature.toHex()}`).sort()
}

async function allReceipts(node: ParleyNode): Promise<string[][]> {
  return Promise.all(node.registry.logsOf(channel).map(({ origin }) => receipts(node, origin)))
}

describe('an air gap', () => {
  test('opens the logs of nodes that cannot ask each other', async () => {
    const { cn, us } = await setUp()
    expect(phases(us)).toEqual(['asking', 'asking'])
    await carry(us, cn)
    expect(phases(cn)).toEqual(['open', 'open'])
    await carry(cn, us)
    expect(phases(us)).toEqual(['open', 'open'])
  })

  test('gives the receipts, standings and states that the wire gives', async () => {
    const { cn, nodes, us } = await setUp()
    const subject = await playCase(us, cn)
    for (const node of [us, cn]) {
      expect(await standings(node, subject)).toEqual(['delivered', 'delivered', 'delivered'])
      const [row] = await listSubjects(node.database.reader, { channels: [channel], topic: 'request', limit: 1 })
      expect(row?.status).toBe('answered')
    }
    const digests = await viewCut(us, channel)
    expect(await viewCut(cn, channel)).toEqual(digests)
    const before = await Promise.all([us, cn].map(allReceipts))
    for (const { origin, own } of us.registry.logsOf(channel)) {
      const [holder, other] = own ? [us, cn] : [cn, us]
      const held = await receipts(holder, origin)
      expect(held.length).toBeGreaterThan(0)
      // A receipt that its author holds is, to the byte, the one that the mirror gave.
      expect(await receipts(other, origin)).toEqual(expect.arrayContaining(held))
    }

    // Connected, they ask each other and find nothing to say.
    await Promise.all(nodes.all.map((one) => one.connect()))
    const [usLinks, cnLinks] = [nodes.of('us').network.links, nodes.of('cn').network.links]
    await eventually('both have been asked', () => {
      return usLinks.health('cn').lastContact !== undefined && cnLinks.health('us').lastContact !== undefined
    })
    await sleep(600)
    expect(await Promise.all([us, cn].map(allReceipts))).toEqual(before)
    expect(await viewCut(us, channel)).toEqual(digests)
    expect(await viewCut(cn, channel)).toEqual(digests)
  })

  test('finds nothing new in what was imported before', async () => {
    const { cn, us } = await setUp()
    await carry(us, cn)
    await carry(cn, us)
    const bundle = await exportBundle(us, { channel, purpose: 'transport', recipient: 'cn', all: true })
    const first = await importBundle(cn, bundle)
    const second = await importBundle(cn, bundle)
    expect(second).toEqual({ ...first, entries: 0, bodies: 0, cosignatures: 0, missed: 0, logs: expect.anything() })
    expect(second.logs.every(({ from, size }) => from === size)).toBe(true)
  })

  test('counts the media that never came', async () => {
    const { cn, us } = await setUp()
    expect((await carry(us, cn)).missed).toBe(0)
    await exportBundle(us, { channel, purpose: 'transport', recipient: 'cn' })
    expect(await carry(us, cn)).toMatchObject({ sequence: 2, missed: 1 })
  })

  test('after a restart the newest medium opens the logs again, and an older one does not', async () => {
    const { cn, nodes, us } = await setUp()
    const early = await exportBundle(cn, { channel, purpose: 'transport', recipient: 'us' })
    await playCase(us, cn)
    const late = await exportBundle(cn, { channel, purpose: 'transport', recipient: 'us' })
    await importBundle(us, late)
    const again = await reopen(nodes, 'us')
    expect(phases(again)).toEqual(['asking', 'asking'])
    await importBundle(again, early)
    expect(phases(again)).toEqual(['asking', 'asking'])
    await importBundle(again, late)
    expect(phases(again)).toEqual(['open', 'open'])
  })

  test('a database that was restored gets its own entries back from the medium', async () => {
    const { cn, nodes, us } = await setUp()
    await carry(us, cn)
    await carry(cn, us)
    await nodes.of('us').stop()
    const backup = await nodes.of('us').backUp()
    const later = await reopen(nodes, 'us')
    await carry(cn, later)
    await act(later, { type: 'agreement.adopted', data: { pack: testPackDigest } })
    await published(later)
    await carry(later, cn)
    const { cut } = await viewCut(later, channel)
    await nodes.of('us').stop()
    await backup.restore()

    const restored = await reopen(nodes, 'us')
    const taken = await carry(cn, restored, true)
    expect(taken.entries).toBe(1)
    expect(phases(restored)).toEqual(['open', 'open'])
    expect((await viewCut(restored, channel)).cut).toEqual(cut)
  })

  test.each([1, 2])('a medium with another history of %d entries becomes the proof of a fork', async (count) => {
    const { cn, nodes, us } = await setUp()
    await carry(us, cn)
    const answer = await exportBundle(cn, { channel, purpose: 'transport', recipient: 'us' })
    await nodes.of('us').stop()
    // Somebody runs a copy of the whole home, lock and all.
    const copy = `${nodes.of('us').home.folder}-copy`
    await cp(nodes.of('us').home.folder, copy, { recursive: true })
    const order = { type: 'agreement.adopted', data: { pack: testPackDigest } }
    const first = await nodes.of('us').open()
    await importBundle(first, answer)
    await act(first, order)
    await published(first)
    expect((await carry(first, cn)).refused).toEqual([])

    const fatal = (error: unknown): never => {
      throw error
    }
    const options = { crypto: nodeCrypto, clock: Date.now, fatal, alarm: () => undefined }
    const second = await openNode(await openHome(copy), options)
    closers.push(() => second.close())
    await importBundle(second, answer)
    for (let i = 0; i < count; i++) {
      await act(second, i === 0 ? order : { ...order, type: 'agreement.withdrawn', data: {} })
    }
    await published(second)
    const taken = await carry(second, cn, true)
    const origin = `us.parley.example/c/${channel}`
    expect(taken.refused).toEqual([{ origin, position: 0, code: 'delivery.fork' }])
    expect(cn.state.replicas.get(origin)?.frozen).toBe(true)
    expect((await listForks(cn.database.reader)).length).toBe(1)
    expect((await carry(first, cn, true)).refused).toEqual([{ origin, position: 0, code: 'delivery.frozen' }])
  })
})

describe('a bundle that is refused', () => {
  test('leaves nothing behind', async () => {
    const { cn, us } = await setUp()
    const bundle = await exportBundle(us, { channel, purpose: 'transport', recipient: 'cn' })
    const sizes = () => [...cn.state.replicas.values()].map(({ frontier }) => frontier.size)
    const before = sizes()
    await expect(importBundle(us, bundle)).rejects.toMatchObject({ code: 'bundle.recipient' })
    for (let at = 20; at < bundle.length; at += 501) {
      const changed = Uint8Array.from(bundle)
      changed[at]! ^= 1
      await expect(importBundle(cn, changed), String(at)).rejects.toMatchObject({ code: /^bundle\.|^channel\./ })
    }
    expect(sizes()).toEqual(before)
    expect(phases(cn)).toEqual(['asking', 'asking'])
  })

  test('is one of a channel that is not known here', async () => {
    const one = await setUp()
    const bundle = await exportBundle(one.us, { channel, purpose: 'export' })
    const other = await setUp()
    await expect(importBundle(other.cn, bundle)).rejects.toMatchObject({ code: 'channel.unknown' })
  })

  test('may be for nobody in particular', async () => {
    const { cn, us } = await setUp()
    await expect(exportBundle(us, { channel, purpose: 'transport' })).rejects.toMatchObject({ code: 'peer.unknown' })
    await expect(exportBundle(us, { channel, purpose: 'export', recipient: 'us' })).rejects.toMatchObject({
      code: 'peer.unknown',
    })
    const taken = await importBundle(cn, await exportBundle(us, { channel, purpose: 'evidence' }))
    expect(taken.entries).toBe(2)
    // It is no answer to what the maker holds of our logs.
    expect(phases(cn)).toEqual(['asking', 'asking'])
  })
})
