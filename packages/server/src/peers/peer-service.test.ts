import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  channelOrigin,
  formatAddCheckpoint,
  formatUtf8,
  logId,
  openCosignatures,
  parseDelivery,
  proveConsistency,
  signCheckpoint,
} from '@parley/record'
import { parseHeads } from '@parley/record/exchange'
import { nodeCrypto } from '@parley/record/node'
import { openRequest } from '../../test-support/acts.ts'
import { adoptAll, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { listEntriesOfBody } from '../db/entries.ts'
import { rowsOf } from '../../test-support/acts.ts'
import type { PeerAnswer } from './peer-request.ts'

let nodes: TestNodes
let aa: TestNode
let bb: TestNode
let cc: TestNode
let pair: string
let secret: { id: string; body: string }

beforeAll(async () => {
  nodes = await foundNodes({ parties: ['aa', 'bb', 'cc'] })
  aa = nodes.of('aa')
  bb = nodes.of('bb')
  cc = nodes.of('cc')
  pair = await nodes.addChannel(['aa', 'bb'])
  await adoptAll([aa, bb], pair)
  const said = await openRequest(aa, pair, 'bb')
  await openRequest(aa, nodes.channel, 'bb')
  await nodes.settled()
  const [row] = await rowsOf(aa, said.origin, said.position)
  secret = { id: logId(nodeCrypto, said.origin), body: row!.bodyCiphertext!.toHex() }
})
afterAll(() => nodes.close())

function ask(from: TestNode, to: TestNode, path: string, body?: Uint8Array): Promise<PeerAnswer> {
  const method = body === undefined ? 'GET' : 'POST'
  return from.network.links.request(to.party, {
    method,
    path,
    bytesMax: 8_000_000,
    ...(body === undefined ? {} : { body }),
  })
}

const said = ({ body, status }: PeerAnswer): [number, string] => [status, body.toString('latin1')]

describe('[PE27] what a peer is shown', () => {
  test('is the heads of the logs that it shares with us, ours and others’', async () => {
    const origins = async (from: TestNode, to: TestNode): Promise<string[]> =>
      parseHeads(new Uint8Array((await ask(from, to, '/parley/v1/heads')).body)).map(({ origin }) => origin)
    const plenary = [aa, bb, cc].flatMap(({ channelLog, governanceLog }) => [channelLog, governanceLog])
    const ofPair = [aa, bb].map(({ prefix }) => channelOrigin(prefix, pair))
    expect(await origins(cc, aa)).toEqual([...plenary].sort())
    expect(await origins(bb, aa)).toEqual([...plenary, ...ofPair].sort())
  })

  test('of a log that it does not share is what it is shown of one that does not exist', async () => {
    const nobodys = '0'.repeat(64)
    const asked: [string, Uint8Array?][] = [
      [`/parley/v1/logs/ID/delivery?start=0`],
      [`/parley/v1/logs/ID/consistency?old=1&size=2`],
      [`/parley/v1/logs/ID/bodies`, formatUtf8(`${secret.body}\n`)],
      ['/logs/ID/checkpoint'],
      ['/logs/ID/tile/0/000.p/1'],
      ['/logs/ID/tile/entries/000.p/1'],
    ]
    for (const [path, body] of asked) {
      const hidden = said(await ask(cc, aa, path.replace('ID', secret.id), body))
      expect(hidden, path).toEqual(said(await ask(cc, aa, path.replace('ID', nobodys), body)))
      expect(hidden[0], path).toBe(404)
      expect((await ask(bb, aa, path.replace('ID', secret.id), body)).status, path).toBe(200)
    }
  })

  test('of bodies is those that an entry of the very log commits to', async () => {
    const plenary = aa.node.registry.logOf(aa.channelLog)!.id
    const body = formatUtf8(`${secret.body}\n`)
    // cc knows the digest, and has a log in common with us: that opens nothing.
    const answer = await ask(cc, aa, `/parley/v1/logs/${plenary}/bodies`, body)
    expect(parseDelivery(new Uint8Array(answer.body)).bodies).toEqual([])
    const given = await ask(bb, aa, `/parley/v1/logs/${secret.id}/bodies`, body)
    expect(parseDelivery(new Uint8Array(given.body)).bodies.map(({ digest }) => digest)).toEqual([secret.body])
    expect(await listEntriesOfBody(cc.node.database.reader, Uint8Array.fromHex(secret.body))).toEqual([])
  })

  test('is the entries from where it asks, under a head', async () => {
    const { id } = aa.node.registry.logOf(aa.channelLog)!
    const { size } = aa.node.state.own.get(aa.channelLog)!.published!
    for (let start = 0; start <= size; start++) {
      const { body, status } = await ask(cc, bb, `/parley/v1/logs/${id}/delivery?start=${start}`)
      expect(status).toBe(200)
      const { entries, from } = parseDelivery(new Uint8Array(body))
      expect([from, entries.length]).toEqual([start, size - start])
    }
    expect((await ask(cc, bb, `/parley/v1/logs/${id}/delivery?start=${size + 1}`)).status).toBe(404)
  })

  test.each([
    [0, 1],
    [1, 1],
    [2, 1],
    [1, 999],
  ])('of consistency from %d to %d is nothing, when it cannot be proven', async (old, size) => {
    const { id } = aa.node.registry.logOf(aa.channelLog)!
    const { status } = await ask(cc, aa, `/parley/v1/logs/${id}/consistency?old=${old}&size=${size}`)
    expect(status).toBeGreaterThanOrEqual(400)
  })
})

describe('[PE28] the witness', () => {
  const path = '/witness/add-checkpoint'
  const text = (answer: PeerAnswer): string => answer.body.toString()

  async function requestOf(of: TestNode, oldSize: number, size?: number): Promise<Uint8Array> {
    const { published } = of.node.state.own.get(of.channelLog)!
    const tree = of.node.logReader.treeOf(of.channelLog)
    const claimed = size ?? published!.size
    const proof = oldSize === 0 || oldSize >= claimed ? [] : await proveConsistency(nodeCrypto, tree, oldSize, claimed)
    return formatAddCheckpoint(oldSize, proof, published!.note)
  }

  test('cosigns a head that extends what it cosigned last, says where that is when asked otherwise, and again the same', async () => {
    const { published } = aa.node.state.own.get(aa.channelLog)!
    const first = await ask(aa, bb, path, await requestOf(aa, 0))
    expect(first.status).toBe(200)
    const key = bb.node.registry.cosigners('bb').find(({ role }) => role === 'witness')!.key
    const note = new Uint8Array([...published!.note, ...first.body])
    const [cosignature] = await openCosignatures(nodeCrypto, note, [key])
    expect(cosignature).toMatchObject({ head: { origin: aa.channelLog, size: published!.size } })

    const conflict = await ask(aa, bb, path, await requestOf(aa, 0))
    expect([conflict.status, text(conflict)]).toEqual([409, `${published!.size}\n`])
    expect((await ask(aa, bb, path, await requestOf(aa, published!.size))).status).toBe(200)

    await openRequest(aa, nodes.channel, 'bb')
    await nodes.settled()
    expect((await ask(aa, bb, path, await requestOf(aa, published!.size))).status).toBe(200)
  })

  test('knows no log that the asker does not share, signs nothing that its author did not, and no garbage', async () => {
    const hidden = channelOrigin(aa.prefix, pair)
    const { note } = aa.node.state.own.get(hidden)!.published!
    const oldSize = 0
    expect((await ask(cc, bb, path, formatAddCheckpoint(oldSize, [], note))).status).toBe(404)
    const head = { origin: aa.channelLog, size: 1, root: nodeCrypto.sha256(new Uint8Array()) }
    const forged = await signCheckpoint(nodeCrypto, cc.node.keyring.signers.log, head)
    expect((await ask(cc, bb, path, formatAddCheckpoint(oldSize, [], forged))).status).toBe(403)
    for (const garbage of ['', 'old 0\n', 'old x\n\n', 'old 0\n\nnot a note\n']) {
      expect((await ask(cc, bb, path, formatUtf8(garbage))).status).toBe(400)
    }
  })

  test('gives one answer at a time, so that no two heads are cosigned past each other', async () => {
    const request = await requestOf(cc, 0)
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(cc, bb, path, request)))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409])
  })
})
