import { afterEach, expect, test } from 'vitest'
import { nodeCrypto } from '@parley/record/node'
import { bodyOf, openRequest } from '../../test-support/acts.ts'
import { onEachStore } from '../../test-support/node-stores.ts'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { readBody } from '../db/bodies.ts'
import { listRequestRows } from '../db/request-rows.ts'
import { readSubjects } from '../db/subjects.ts'
import { forgetText } from '../db/texts.ts'
import { assign } from '../db/work-marks.ts'
import { recordAct } from '../desk/act.ts'
import { checkStore } from '../desk/fsck.ts'
import { repairStore } from '../desk/repair-store.ts'
import { createTextIndexer } from './text-indexer.ts'
import type { TextIndexer } from './text-indexer.ts'
import { parseQuestion } from './words.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function index({ node }: TestNode): Promise<TextIndexer> {
  const indexer = await createTextIndexer(node, {
    indexed: () => undefined,
    failed(error) {
      throw error
    },
    retryMilliseconds: 60_000,
  })
  closers.push(() => indexer.close())
  return indexer
}

async function search({ node }: TestNode, { channel }: TestNodes, q: string): Promise<string[]> {
  const filter = { account: 'duty', channels: [channel], match: parseQuestion(q)! }
  const rows = await listRequestRows(node.database, filter, { limit: 50 })
  return rows.map(({ title }) => title ?? '')
}

test('[SE6] both sides find a request by its text, what is added to it later too, and again after a restart', async () => {
  const nodes = await foundNodes()
  closers.push(nodes.close)
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const { digest } = await openRequest(us, nodes.channel, 'cn', '请保全服务器日志\n\nThe host is 198.51.100.7.')
  await nodes.settled()
  let theirs = await index(cn)
  await theirs.catchUp()
  expect(await search(cn, nodes, '服务器')).toEqual(['请保全服务器日志'])
  expect(await search(cn, nodes, '198.51')).toEqual(['请保全服务器日志'])
  expect(await search(cn, nodes, digest.slice(0, 8))).toEqual(['请保全服务器日志'])
  expect(await search(cn, nodes, 'canary')).toEqual([])

  await theirs.close()
  await recordAct(us.node, nodes.channel, {
    type: 'request.supplemented',
    subject: digest,
    data: {},
    body: bodyOf('A canary was found.'),
  })
  await eventually('the supplement is there', async () => {
    const [row] = await readSubjects(cn.node.database.reader, nodes.channel, [digest])
    return row?.acts.includes('request.supplemented')
  })
  theirs = await index(cn)
  await theirs.catchUp()
  expect(await search(cn, nodes, 'canary')).toEqual(['请保全服务器日志'])
})

onEachStore((store) => {
  test('[SE5] an erased body is gone and not found, and what else the request says still is', async () => {
    const both = await foundNodes({ store: store() })
    closers.push(both.close)
    const [one, other] = [both.of('us'), both.of('cn')]
    const { digest } = await openRequest(one, both.channel, 'cn', 'First words')
    await recordAct(one.node, both.channel, {
      type: 'request.supplemented',
      subject: digest,
      data: {},
      body: bodyOf('Second words'),
    })
    await both.settled()
    const [indexer, theirs] = [await index(one), await index(other)]
    await Promise.all([indexer.catchUp(), theirs.catchUp()])
    expect(await search(one, both, 'first')).toHaveLength(1)
    const [row] = await readSubjects(one.node.database.reader, both.channel, [digest])
    const acts = JSON.parse(row!.acts) as { digest: string; body: { ciphertext: string } }[]
    const { ciphertext } = acts.find((act) => act.digest === digest)!.body
    const data = { ciphertext, ground: 'law' }
    await recordAct(one.node, both.channel, { type: 'body.erased', subject: digest, data })

    const body = Uint8Array.fromHex(ciphertext)
    expect(await readBody(one.node.database.reader, body)).toMatchObject({
      state: 'erased',
      bytes: null,
      ground: 'law',
    })
    await indexer.catchUp()
    expect(await search(one, both, 'first')).toEqual([])
    expect(await search(one, both, 'second')).toEqual([''])

    // What we erase is ours; the other side's copy is theirs to keep or to erase.
    await both.settled()
    await theirs.catchUp()
    expect(await readBody(other.node.database.reader, body)).toMatchObject({ state: 'held' })
    expect(await search(other, both, 'first')).toEqual(['First words'])
  })

  test('[SE7] a check names what was read and does not fit, and a repair has it read anew', async () => {
    const nodes = await foundNodes({ store: store() })
    closers.push(nodes.close)
    const one = nodes.of('us')
    const { digest } = await openRequest(one, nodes.channel, 'cn', 'Some words')
    const indexer = await index(one)
    await indexer.catchUp()
    await indexer.close()
    const { writer } = one.node.database
    await writer.commit([
      ...assign({ channel: nodes.channel, subject: digest, account: 'duty', assignedBy: 'head', assigned: 1 }),
      ...forgetText(1).slice(0, 1),
    ])
    await one.stop()
    const check = async () => {
      const { differences } = await checkStore(one.home, { crypto: nodeCrypto })
      return differences.filter(({ what }) => what === 'text').map(({ found }) => found)
    }
    expect(await check()).toEqual(['not in the index'])
    await repairStore(one.home)
    expect(await check()).toEqual([])

    await one.open()
    expect(await search(one, nodes, 'words')).toEqual([])
    const again = await index(one)
    await again.catchUp()
    expect(await search(one, nodes, 'words')).toEqual(['Some words'])
    const rows = await listRequestRows(
      one.node.database,
      { account: 'duty', channels: [nodes.channel], assigned: 'duty' },
      { limit: 5 },
    )
    expect(rows).toHaveLength(1)
  })
})
