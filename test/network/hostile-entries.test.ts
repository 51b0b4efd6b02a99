import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  entryDigest,
  formatCanonical,
  cosign,
  formatDelivery,
  formatUtf8,
  appendSignatureLines,
  openCheckpoint,
  parseEntry,
  proveConsistency,
  signCheckpoint,
} from '@parley/record'
import type { CanonicalObject, Delivery } from '@parley/record'
import { composeHeads } from '@parley/record/exchange'
import { nodeCrypto } from '@parley/record/node'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { viewCut } from '../../packages/server/src/desk/cut.ts'
import { openRequest, rowsOf, standingOf, verdictsOf } from '../../packages/server/test-support/acts.ts'
import { createHostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import type { HostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import { eventually, foundNodes, opensAll, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes
let us: TestNode
let cn: TestNode
let mallory: HostilePeer
/** What the clock of `us` shows beside the real time, in milliseconds. */
let offset = 0

/** `us` runs; `cn` is in the wrong hands, has adopted the agreement like `us`, and answers nothing but the least. */
beforeEach(async () => {
  offset = 0
  nodes = await foundNodes({ running: ['us'], clock: () => Date.now() + offset })
  us = nodes.of('us')
  cn = nodes.of('cn')
  mallory = await createHostilePeer(cn, us, nodes.channel)
  await mallory.listen()
  await mallory.push(await mallory.governance.frame())
  mallory.channel.append(await mallory.entry({ type: 'agreement.adopted', data: { pack: testPackDigest } }))
  await mallory.push(await mallory.channel.frame())
  await opensAll(us.node)
  await recordAct(us.node, nodes.channel, { type: 'agreement.adopted', data: { pack: testPackDigest } })
})
afterEach(async () => {
  // Whatever came, no prototype was touched and nothing would have ended the process.
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(us.failures).toEqual([])
  await mallory.close()
  await nodes.close()
})

/** The head of our own log as mallory may name it in `seen`, and her own two. */
function seenNow() {
  const { frontier, origin, root } = us.node.state.own.get(us.channelLog)!
  const ours = { origin, size: frontier.size, root: root.toBase64(), time: 0 }
  return [mallory.governance.seen(), ours].sort((a, b) => (a.origin < b.origin ? -1 : 1))
}

const opening = {
  to: 'us',
  kind: 'information',
  urgency: 'ordinary',
  offences: ['illegal-access'],
  languages: ['en'],
  handling: 'amber',
}

function request(change: object = {}): Promise<Uint8Array> {
  const body = { ciphertext: 'ab'.repeat(32), commitment: 'cd'.repeat(32), size: 1024 }
  return mallory.entry({ type: 'request.opened', data: opening, seen: seenNow(), body, ...change } as never)
}

/** Everything that is stored, in short. */
async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['entries', 'bodies', 'subjects', 'tiles', 'heads', 'cosignatures', 'forks'] as const) {
    const { reader } = us.node.database
    const rows = await reader
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'))
      .execute()
    counts[table] = Number(rows[0]!.count)
  }
  return counts
}

test('[T-01] [RD1] an approval covers every field: whichever is changed, the entry is nothing', async () => {
  const good = parseEntry(await request())
  const chased = parseEntry(await mallory.entry({ type: 'request.chased', subject: 'ab'.repeat(32), seen: seenNow() }))
  const changes: Record<string, CanonicalObject> = {
    v: { ...good, v: 2 } as never,
    channel: { ...good, channel: 'ef'.repeat(16) } as never,
    from: { ...good, from: 'us' } as never,
    type: { ...good, type: 'request.updated' } as never,
    'subject added': { ...good, subject: 'ab'.repeat(32) } as never,
    'subject removed': { ...chased, subject: undefined } as never,
    subject: { ...chased, subject: 'ac'.repeat(32) } as never,
    at: { ...good, at: good.at + 1 } as never,
    'seen removed': { ...good, seen: good.seen.slice(0, 1) } as never,
    'seen size': { ...good, seen: good.seen.map((seen) => ({ ...seen, size: 1 })) } as never,
    'seen root': { ...good, seen: good.seen.map((seen) => ({ ...seen, root: btoa('r'.repeat(32)) })) } as never,
    'seen time': { ...good, seen: good.seen.map((seen) => ({ ...seen, time: 1 })) } as never,
    data: { ...good, data: { ...opening, urgency: 'urgent', urgencyGrounds: ['evidence-at-risk'] } } as never,
    ciphertext: { ...good, body: { ...good.body!, ciphertext: 'ba'.repeat(32) } } as never,
    commitment: { ...good, body: { ...good.body!, commitment: 'dc'.repeat(32) } } as never,
    size: { ...good, body: { ...good.body!, size: 4096 } } as never,
    'body removed': { ...good, body: undefined } as never,
    exercise: { ...good, exercise: true } as never,
    signature: { ...good, approvals: [{ ...good.approvals[0]!, signature: btoa('s'.repeat(64)) }] } as never,
    official: { ...good, approvals: [{ ...good.approvals[0]!, official: '00'.repeat(16) }] } as never,
    'no approval': { ...good, approvals: [] } as never,
  }
  const leaves = Object.values(changes).map((entry) =>
    formatCanonical(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))),
  )
  mallory.channel.append(...leaves)
  expect((await mallory.push(await mallory.channel.frame())).status).toBe(200)
  const verdicts = await verdictsOf(us, cn.channelLog, 1)
  expect(verdicts).toHaveLength(leaves.length)
  for (const [name, verdict] of Object.keys(changes).map((key, i) => [key, verdicts[i]] as const)) {
    expect(verdict, name).toMatch(/^(?:entry|approval|seen|json|body|data|subject|request)\./)
  }
  // Unchanged, such an entry counts.
  mallory.channel.append(await request())
  await mallory.push(await mallory.channel.frame())
  expect((await verdictsOf(us, cn.channelLog, 1)).at(-1)).toBe('valid')
})

test('[T-01] [RP3] a receipt that nobody gave makes the chaser nothing, and another side is not bound by it', async () => {
  const opened = await request()
  const { frontier, root } = us.node.state.own.get(us.governanceLog)!
  const governance = { origin: us.governanceLog, size: frontier.size, root: root.toBase64(), time: 0 }
  const made = { party: 'us', size: 2, time: 1_700_000_000, signature: btoa('s'.repeat(64)) }
  const chase = (receipt: object) =>
    mallory.entry({
      type: 'request.chased',
      subject: entryDigest(nodeCrypto, parseEntry(opened)),
      data: { receipt },
      seen: [...seenNow(), governance],
    } as never)
  const chasers = [made, { ...made, party: 'cn' }, { ...made, party: 'eu' }, { ...made, size: 99 }]
  const leaves = await Promise.all(chasers.map(chase))
  mallory.channel.append(opened, ...leaves)
  await mallory.push(await mallory.channel.frame())
  expect(await verdictsOf(us, cn.channelLog, 1)).toEqual([
    'valid',
    'receipt.signature',
    'receipt.party',
    'receipt.party',
    'receipt.size',
  ])
})

test('[T-01] [RD1] an entry in another log, of another channel, or for the second time is nothing', async () => {
  const good = await request()
  const ours = await openRequest(us, nodes.channel, 'cn')
  const [row] = await rowsOf(us, us.channelLog, ours.position)
  const elsewhere = await mallory.entry({ type: 'agreement.withdrawn', channel: 'ef'.repeat(16) })
  const governing = await mallory.governanceEntry('address.amended', { address: 'https://elsewhere.example' })
  mallory.channel.append(row!.bytes, elsewhere, governing, good, good)
  await mallory.push(await mallory.channel.frame())
  expect(await verdictsOf(us, cn.channelLog, 1)).toEqual([
    'entry.from',
    'entry.channel',
    'entry.channel',
    'valid',
    'entry.replayed',
  ])
  mallory.governance.append(good, us.card)
  await mallory.push(await mallory.governance.frame())
  expect(await verdictsOf(us, cn.governanceLog, 2)).toEqual(['entry.channel', 'entry.from'])
})

test('[T-01] [PE7] a delivery that is changed anywhere is refused whole, and nothing of it is stored', async () => {
  mallory.channel.append(await request(), await request())
  const good = await mallory.channel.delivery({ from: 1, end: 2 })
  const ours = await eventually('we have signed', () => us.node.state.own.get(us.channelLog)?.published)
  const other = await mallory.governance.delivery()
  const flip = (bytes: Uint8Array): Uint8Array => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1)
  const changes: Record<string, Partial<Delivery>> = {
    'origin of another log of hers': { origin: cn.governanceLog },
    'origin of ours': { origin: us.channelLog },
    'origin of nobody': { origin: 'xx.parley.example/governance' },
    'head of another log': { head: other.head },
    'head of ours': { head: ours.note },
    'head flipped': { head: flip(good.head) },
    'head under another key': { head: await mallory.channel.head(3, mallory.keyring.signers.witness) },
    'entry flipped': { entries: [flip(good.entries[0]!)] },
    'entry removed': { entries: [], proof: await proveConsistency(nodeCrypto, mallory.channel.tree, 1, 3) },
    'entry added': { entries: [...good.entries, ...good.entries, ...good.entries] },
    'proof flipped': { proof: good.proof.map(flip) },
    'proof removed': { proof: [] },
    'proof longer': { proof: [...good.proof, ...good.proof] },
    'begins too early': { from: 0 },
  }
  const before = await countRows()
  const statuses: Record<string, number> = {}
  for (const [name, change] of Object.entries(changes)) {
    statuses[name] = (await mallory.push(formatDelivery({ ...good, ...change }))).status
  }
  // A delivery that brings nothing new is a heartbeat: it is answered with what is held, and stores nothing.
  const answered = Object.entries(statuses).filter(([, status]) => status === 200)
  expect(answered.map(([name]) => name)).toEqual(['entry removed', 'begins too early'])
  expect(await countRows()).toEqual(before)
  expect(us.node.state.replicas.get(cn.channelLog)).toMatchObject({ frozen: false })
  expect((await mallory.push(formatDelivery(good))).status).toBe(200)
})

test('[T-01] [T-28] [PE8] deliveries again, late and in any order bring each entry once', async () => {
  for (let i = 0; i < 12; i++) mallory.channel.append(await request())
  const frames = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      mallory.channel.frame({ from: i % 13, end: Math.min(13, (i % 13) + (i % 3)), size: 13 }),
    ),
  )
  const order = frames.map((frame, i) => ({ frame, at: (i * 7919) % 61 })).sort((a, b) => a.at - b.at)
  for (const { frame } of order) expect((await mallory.push(frame)).status).toBe(200)
  await mallory.push(await mallory.channel.frame())
  const once = await countRows()
  for (const { frame } of order) await mallory.push(frame)
  expect(await countRows()).toEqual(once)
  expect(await verdictsOf(us, cn.channelLog)).toEqual(Array.from({ length: 13 }, () => 'valid'))
})

test('[T-02] [RD2] bytes that another reader might read otherwise are no entry here', async () => {
  const text = new TextDecoder().decode(await request())
  const nested = `${'{"a":'.repeat(12)}1${'}'.repeat(12)}`
  const cases: [string, string | Uint8Array][] = [
    ['a name twice', text.replace('"from":"cn"', '"from":"cn","from":"cn"')],
    ['another name order', text.replace('{"approvals"', '{"at":1,"approvals"')],
    ['a space', text.replace('"v":1', '"v": 1')],
    ['a space behind', `${text} `],
    ['a line feed behind', `${text}\n`],
    ['bytes behind', `${text}{}`],
    ['a byte order mark', `\ufeff${text}`],
    ['__proto__', text.replace('"data":{', '"data":{"__proto__":{"polluted":1},')],
    ['constructor', text.replace('"data":{', '"data":{"constructor":{"prototype":{"polluted":1}},')],
    ['an unknown field', text.replace(/}$/, ',"w":1}')],
    ['1.0', text.replace('"v":1', '"v":1.0')],
    ['1e0', text.replace('"v":1', '"v":1e0')],
    ['-0', text.replace(/"at":\d+/, '"at":-0')],
    ['a large number', text.replace(/"at":\d+/, '"at":9007199254740993')],
    ['a fraction', text.replace(/"at":\d+/, '"at":1.5')],
    ['null', text.replace('"kind":"information"', '"kind":null')],
    ['an escape that need not be', text.replace('"cn"', '"\\u0063n"')],
    ['a lone surrogate', text.replace('"amber"', '"\\ud800"')],
    ['depth', text.replace('"data":{', `"data":{"deep":${nested},`)],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['overlong UTF-8', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22)],
    ['nothing', ''],
    ['an array', '[]'],
    ['a string', '"entry"'],
    ['longer than an entry', text.replace('"amber"', `"${'a'.repeat(20_000)}"`)],
    ['as long as a leaf may be', 'a'.repeat(65_535)],
  ]
  const leaves = cases.map(([, leaf]) => (typeof leaf === 'string' ? formatUtf8(leaf) : leaf))
  mallory.channel.append(...leaves)
  expect((await mallory.push(await mallory.channel.frame())).status).toBe(200)
  const verdicts = await verdictsOf(us, cn.channelLog, 1)
  for (const [i, [name]] of cases.entries()) expect(verdicts[i], name).toMatch(/^(?:json|entry|bytes|approval|data)\./)
})

test('[T-05] [RD3] what comes later changes no verdict that was given, and the order of arrival changes none', async () => {
  const three = await foundNodes({ parties: ['aa', 'bb', 'cc'], running: ['bb', 'cc'] })
  const [aa, bb, cc] = [three.of('aa'), three.of('bb'), three.of('cc')]
  const toBb = await createHostilePeer(aa, bb, three.channel)
  const toCc = await createHostilePeer(aa, cc, three.channel)
  await toBb.listen()
  try {
    const { channel, governance } = toBb
    for (const peer of [toBb, toCc]) await peer.push(await governance.frame())
    await Promise.all([bb, cc].map(({ node }) => opensAll(node)))
    await recordAct(bb.node, three.channel, { type: 'agreement.adopted', data: { pack: testPackDigest } })
    await eventually('cc holds it', () => cc.node.state.replicas.get(bb.channelLog)?.frontier.size === 1)

    const ofBb = (size: number, root: Uint8Array) => ({ origin: bb.channelLog, size, root: root.toBase64(), time: 0 })
    const { root } = bb.node.state.own.get(bb.channelLog)!
    const sort = (seen: { origin: string }[]) => seen.sort((a, b) => (a.origin < b.origin ? -1 : 1)) as never
    const adopted = { type: 'agreement.adopted', data: { pack: testPackDigest } }
    const leaves = [
      await toBb.entry({ ...adopted, seen: sort([governance.seen(2), ofBb(1, root)]) }),
      // Under a governance entry that bb has at once and cc only later.
      await toBb.governanceEntry('address.amended', { address: aa.address }),
      await toBb.entry({
        type: 'agreement.withdrawn',
        seen: sort([governance.seen(2), ofBb(1, nodeCrypto.sha256(root))]),
      }),
    ]
    governance.append(leaves[1]!)
    const late = await toBb.entry({ type: 'agreement.withdrawn', seen: sort([governance.seen(3)]) })
    channel.append(leaves[0]!, leaves[2]!, late, formatUtf8('junk'))
    const whole = await channel.frame()
    const [first, second] = [await channel.frame({ end: 1 }), await channel.frame({ from: 1, end: 3 })]

    for (const frame of [await governance.frame(), whole]) await toBb.push(frame)
    const before = await verdictsOf(bb, aa.channelLog)
    for (const frame of [first, second, whole]) await toCc.push(frame)
    expect(await verdictsOf(cc, aa.channelLog)).toEqual(['valid', 'seen.root', 'waiting', 'waiting'])
    await toCc.push(await governance.frame())
    await eventually('all is read', () => cc.node.reading.position(aa.channelLog).judged === 4)
    expect(await verdictsOf(cc, aa.channelLog)).toEqual(before)
    expect(before).toEqual(['valid', 'seen.root', 'valid', 'json.malformed'])

    await recordAct(bb.node, three.channel, { type: 'agreement.withdrawn', data: {} })
    await eventually('cc has that too', () => cc.node.reading.position(bb.channelLog).judged === 2)
    for (const one of [bb, cc]) expect(await verdictsOf(one, aa.channelLog)).toEqual(before)
    const cuts = await Promise.all([bb, cc].map(({ node }) => viewCut(node, three.channel)))
    expect(cuts[0]!.stateDigest).toBe(cuts[1]!.stateDigest)
  } finally {
    await toBb.close()
    await toCc.close()
    await three.close()
  }
})

test('[PE9] a body that did not come along is asked for, and the receipt waits for it', async () => {
  const sealed = formatUtf8('sealed bytes, as far as anybody here can tell')
  const digest = nodeCrypto.sha256(sealed).toHex()
  const wrong = formatUtf8('other bytes')
  const asked: string[] = []
  await mallory.close()
  mallory = await createHostilePeer(cn, us, nodes.channel)
  mallory.governance.append(...[])
  mallory.channel.append(...(await rowsOf(us, cn.channelLog)).map(({ bytes }) => bytes))
  let body: Uint8Array = wrong
  await mallory.listen(async ({ body: text, path }) => {
    if (!path.endsWith('/bodies')) return undefined
    asked.push(new TextDecoder().decode(text))
    const delivery = { ...(await mallory.channel.delivery({ from: 0, end: 0 })), proof: [], entries: [] }
    return { status: 200, body: formatDelivery({ ...delivery, bodies: [{ digest, bytes: body }] }) }
  })
  mallory.channel.append(await request({ body: { ciphertext: digest, commitment: 'cd'.repeat(32), size: 1024 } }))
  const answer = await mallory.push(await mallory.channel.frame())
  expect(answer.body.toString()).toContain(`missing ${digest}\n`)
  expect(answer.body.toString()).not.toContain('/mirror')
  // Bytes that are not those of the digest are no body.
  await eventually('it was asked for', () => asked.length > 1)
  expect(us.node.state.replicas.get(cn.channelLog)!.missing.has(digest)).toBe(true)
  body = sealed
  await eventually('it is here', () => us.node.state.replicas.get(cn.channelLog)!.missing.size === 0)
  expect((await mallory.push(await mallory.channel.frame())).body.toString()).toContain('us.parley.example/mirror')
})

test('[T-27] [PE10] what comes compressed is not decompressed', async () => {
  mallory.channel.append(await request())
  const frame = await mallory.channel.frame()
  const bomb = gzipSync(new Uint8Array(50_000_000))
  const before = process.memoryUsage().rss
  for (const body of [gzipSync(frame), bomb]) {
    const answer = await mallory.call('POST', '/parley/v1/deliveries', body)
    expect([answer.status, answer.body.toString()]).toEqual([422, 'delivery.malformed\n'])
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000)
  expect((await mallory.push(frame)).status).toBe(200)
})

test('[PE11] a cosignature over another history than ours is no receipt', async () => {
  const said = await openRequest(us, nodes.channel, 'cn')
  await eventually('it is published', async () => (await standingOf(us, said)) === 'published')
  // Somebody who has our key made her another head of our log, and she cosigned it as a mirror.
  const ours = { origin: us.channelLog, size: 2, root: nodeCrypto.sha256(new Uint8Array()) }
  const note = await signCheckpoint(nodeCrypto, us.node.keyring.signers.log, ours)
  const head = await openCheckpoint(nodeCrypto, note, {
    origin: ours.origin,
    keys: [us.node.registry.logKey(ours.origin, 2)],
  })
  const line = await cosign(nodeCrypto, mallory.keyring.signers.mirror, `${cn.prefix}/mirror`, head, 1_700_000_000)
  await mallory.close()
  const shown = { origin: us.channelLog, note: appendSignatureLines(note, [line]) }
  await mallory.listen(({ path }) =>
    path.endsWith('/heads') ? { status: 200, body: composeHeads([shown]) } : undefined,
  )
  offset += 61_000
  await eventually('the fork is seen', () => us.node.state.own.get(us.channelLog)?.phase === 'forked')
  expect(await standingOf(us, said)).toBe('published')
  expect(
    await us.node.database.reader
      .selectFrom('cosignatures')
      .select('cosigner')
      .where('log', '=', us.node.shelf.numberOf(us.channelLog))
      .execute(),
  ).toEqual([])
})
