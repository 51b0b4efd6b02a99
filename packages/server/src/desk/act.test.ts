import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatCanonical, parseEntry } from '@parley/record'
import type { Draft, Seen } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { bodyOf, rowsOf } from '../../test-support/acts.ts'
import { adoptAll, foundNodes, opensAll, testPackDigest } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { ActMalformed, recordAct, recordPrepared } from './act.ts'
import type { ActOrder } from './act.ts'
import { approve } from './founding.ts'
import { ActRepeated } from './repetition.ts'
import { sealBody } from './seal-body.ts'
import { listSeen } from './seen.ts'

let nodes: TestNodes
let us: TestNode
let cn: TestNode
let channel: string

beforeAll(async () => {
  nodes = await foundNodes()
  us = nodes.of('us')
  cn = nodes.of('cn')
  channel = nodes.channel
})
afterAll(async () => {
  expect(us.failures).toEqual([])
  await nodes.close()
})

const data = {
  to: 'cn',
  kind: 'information',
  urgency: 'ordinary',
  offences: ['illegal-access'],
  languages: ['en'],
  handling: 'amber',
}
const body = bodyOf('Who used this address?')
const request: ActOrder = { type: 'request.opened', data, body }

const size = (): number => us.node.state.own.get(us.channelLog)!.frontier.size

/** What refuses an order, as `code` or `code detail`. */
async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'recorded',
    (error: { code?: string; detail?: string }) =>
      [error.code, error.detail].filter((word) => word !== undefined).join(' '),
  )
}

describe('[DK1] an act', () => {
  test('is recorded where it says, sealed, approved and under what was seen', async () => {
    const before = size()
    const recorded = await recordAct(us.node, channel, request)
    expect(recorded).toMatchObject({ origin: us.channelLog, position: before, isNew: true })
    const [row] = await rowsOf(us, us.channelLog, before)
    const entry = parseEntry(row!.bytes)
    expect(row).toMatchObject({ verdict: 'valid', code: null, type: 'request.opened', at: recorded.at })
    expect(row!.digest!.toHex()).toBe(recorded.digest)
    expect(entry.seen.map(({ origin }) => origin)).toEqual([cn.channelLog, cn.governanceLog, us.governanceLog])
    expect(entry.approvals).toHaveLength(1)
    expect(JSON.stringify(entry)).not.toContain('address')
  })

  test.each<[string, ActOrder, string]>([
    ['of no known type', { type: 'request.dreamt', data: {} }, 'entry.refused entry.unknown'],
    [
      'of another shape',
      { type: 'request.opened', data: { ...data, urgency: 'at once' }, body },
      'entry.refused data.malformed',
    ],
    [
      'with a field too many',
      { type: 'request.opened', data: { ...data, note: 'x' }, body },
      'entry.refused data.malformed',
    ],
    ['without the body that it needs', { type: 'request.opened', data }, 'entry.refused body.missing'],
    [
      'with a body that it may not have',
      { type: 'request.chased', subject: 'ab'.repeat(32), data: {}, body },
      'entry.refused body.forbidden',
    ],
    ['on nothing', { type: 'request.chased', data: {} }, 'entry.refused subject.missing'],
    [
      'on what is not there',
      { type: 'request.chased', subject: 'ab'.repeat(32), data: {} },
      'entry.refused subject.unknown',
    ],
    [
      'to ourselves',
      { type: 'request.opened', data: { ...data, to: 'us' }, body },
      'entry.refused request.addressee-self',
    ],
    [
      'that was done already',
      { type: 'agreement.adopted', data: { pack: testPackDigest } },
      'entry.refused agreement.adopted-already',
    ],
    ['with words that no text may hold', { ...request, body: bodyOf('a\u0000b') }, 'body-content.text'],
    ['with too many words', { ...request, body: bodyOf('x'.repeat(100_000)) }, 'body-content.limit'],
  ])('%s is refused, and leaves nothing', async (_name, order, refusal) => {
    const before = size()
    expect(await refusalOf(recordAct(us.node, channel, order))).toBe(refusal)
    expect(size()).toBe(before)
  })

  test('in a channel that is not known here is refused', async () => {
    expect(await refusalOf(recordAct(us.node, 'ab'.repeat(16), request))).toBe('channel.unknown')
  })

  test('of another shape says where', async () => {
    const order = { type: 'request.opened', data: { ...data, languages: ['English'] }, body }
    const error: unknown = await recordAct(us.node, channel, order).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ActMalformed)
    expect((error as ActMalformed).reasons[0]!.pointer).toBe('/languages/0')
  })
})

describe('[DK2] an act under a key', () => {
  const keyed = (idempotencyKey: string): ActOrder => ({ ...request, idempotencyKey })

  test('is recorded once, however often and however fast it is sent', async () => {
    const before = size()
    const all = await Promise.all(
      Array.from({ length: 20 }, () => recordAct(us.node, channel, keyed('at-the-same-time'))),
    )
    expect(size()).toBe(before + 1)
    expect(new Set(all.map(({ digest, position }) => `${position} ${digest}`)).size).toBe(1)
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await recordAct(us.node, channel, keyed('at-the-same-time'))).toEqual({ ...all[0]!, isNew: false })
    expect(size()).toBe(before + 1)
  })

  test('that is another act is refused, whatever differs', async () => {
    await recordAct(us.node, channel, keyed('one-key'))
    const others: ActOrder[] = [
      { ...keyed('one-key'), data: { ...data, handling: 'green' } },
      { ...keyed('one-key'), body: bodyOf('Other words') },
      { ...keyed('one-key'), exercise: true },
      { type: 'agreement.withdrawn', data: {}, idempotencyKey: 'one-key' },
    ]
    const before = size()
    for (const other of others) await expect(recordAct(us.node, channel, other)).rejects.toBeInstanceOf(ActRepeated)
    expect(size()).toBe(before)
  })

  test('that was refused may be sent again with better sense', async () => {
    const order: ActOrder = { type: 'request.opened', data, idempotencyKey: 'second-thoughts' }
    expect(await refusalOf(recordAct(us.node, channel, order))).toBe('entry.refused body.missing')
    expect(await recordAct(us.node, channel, { ...order, body })).toMatchObject({ isNew: true })
  })

  test('is remembered over a restart, and means nothing in another channel', async () => {
    const first = await recordAct(us.node, channel, keyed('for-ever'))
    await nodes.settled()
    await us.stop()
    await us.start()
    await opensAll(us.node)
    expect(await recordAct(us.node, channel, keyed('for-ever'))).toEqual({ ...first, isNew: false })
    const other = await nodes.addChannel(['cn', 'us'])
    await adoptAll([cn, us], other)
    expect(await recordAct(us.node, other, keyed('for-ever'))).toMatchObject({ isNew: true, position: 1 })
  })
})

describe('[DK10] an entry that was prepared elsewhere', () => {
  let at = Date.now()
  async function prepare(change: Partial<Draft> = {}): Promise<{ bytes: Uint8Array; sealed: Uint8Array }> {
    const { reference, sealed } = sealBody(nodeCrypto, us.node.registry, channel, body)
    const seen = await listSeen(us.node, channel)
    const draft = {
      v: 1,
      channel,
      from: 'us',
      type: 'request.opened',
      at: ++at,
      seen,
      data,
      body: reference,
      ...change,
    }
    return { bytes: await approve(nodeCrypto, draft as Draft, us.node.keyring.signers.operator), sealed: sealed.bytes }
  }
  const bend = (bytes: Uint8Array, change: (entry: Record<string, unknown>) => void): Uint8Array => {
    const entry = structuredClone(parseEntry(bytes)) as unknown as Record<string, unknown>
    change(entry)
    return formatCanonical(entry)
  }

  test('is recorded byte for byte, and handed in again gives the same place', async () => {
    const { bytes, sealed } = await prepare()
    const first = await recordPrepared(us.node, channel, bytes, sealed)
    const again = await Promise.all([1, 2, 3].map(() => recordPrepared(us.node, channel, bytes, sealed)))
    for (const recorded of again) expect(recorded).toEqual({ ...first, isNew: false })
    const [row] = await rowsOf(us, us.channelLog, first.position)
    expect(row!.bytes).toEqual(bytes)
    const both = await prepare()
    const raced = await Promise.all([1, 2].map(() => recordPrepared(us.node, channel, both.bytes, both.sealed)))
    expect(raced[0]!.position).toBe(raced[1]!.position)
  })

  test.each<
    [string, (one: { bytes: Uint8Array; sealed: Uint8Array }) => readonly [Uint8Array, Uint8Array | undefined], string]
  >([
    ['without its body', ({ bytes }) => [bytes, undefined], 'entry.refused body.missing'],
    ['with another body', ({ bytes, sealed }) => [bytes, sealed.with(9, sealed[9]! ^ 1)], 'body.ciphertext'],
    ['that is not canonical', ({ bytes, sealed }) => [new Uint8Array([...bytes, 32]), sealed], 'json.not-canonical'],
    [
      'that is changed',
      ({ bytes, sealed }) => [bend(bytes, (entry) => (entry['at'] = 5)), sealed],
      'entry.refused approval.signature',
    ],
    [
      'by another party',
      ({ bytes, sealed }) => [bend(bytes, (entry) => (entry['from'] = 'cn')), sealed],
      'entry.refused entry.from',
    ],
    [
      'of another channel',
      ({ bytes, sealed }) => [bend(bytes, (entry) => (entry['channel'] = 'ab'.repeat(16))), sealed],
      'entry.refused entry.channel',
    ],
    [
      'without approval',
      ({ bytes, sealed }) => [bend(bytes, (entry) => (entry['approvals'] = [])), sealed],
      'entry.refused approval.count',
    ],
  ])('%s is refused, and leaves nothing', async (_name, change, refusal) => {
    const [bytes, sealed] = change(await prepare())
    const before = size()
    const found = await refusalOf(recordPrepared(us.node, channel, bytes, sealed))
    expect(found === 'json.malformed' ? 'json.not-canonical' : found).toBe(refusal)
    expect(size()).toBe(before)
  })

  test('that has seen what is not here, or not so, is refused', async () => {
    const [first, ...others] = await listSeen(us.node, channel)
    const ahead: Seen[] = [{ ...first!, size: first!.size + 5 }, ...others]
    const unlike: Seen[] = [{ ...first!, root: btoa('r'.repeat(32)) }, ...others]
    for (const [seen, refusal] of [
      [ahead, 'entry.refused entry.waiting'],
      [unlike, 'entry.refused seen.root'],
    ] as const) {
      const { bytes, sealed } = await prepare({ seen })
      expect(await refusalOf(recordPrepared(us.node, channel, bytes, sealed))).toBe(refusal)
    }
  })

  test('without a body takes none', async () => {
    const { bytes } = await prepare()
    const bare = bend(bytes, (entry) => delete entry['body'])
    expect(await refusalOf(recordPrepared(us.node, channel, bare, new Uint8Array(3)))).toBe(
      'entry.refused body.forbidden',
    )
  })
})
