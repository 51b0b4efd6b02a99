import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelOrigin } from '@parley/record'
import type { CanonicalObject, Draft } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import type { BodyContent } from '@parley/mechanism'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { recordAct, recordPrepared, submit } from '../desk/act.ts'
import { approve } from '../desk/founding.ts'
import { beginUpload } from '../desk/evidence.ts'
import { deriveMatter } from '../desk/matter.ts'
import { sealBody } from '../desk/seal-body.ts'
import { listSeen } from '../desk/seen.ts'
import type { SignedInCaller } from '../http/handler.ts'
import { checkContent } from './content-checks.ts'
import { createListRequests, createViewRequest } from './requests.ts'

let nodes: TestNodes
let us: TestNode
let cn: TestNode
let ng: TestNode
let channel: string

beforeAll(async () => {
  nodes = await foundNodes({ parties: ['cn', 'ng', 'us'] })
  us = nodes.of('us')
  cn = nodes.of('cn')
  ng = nodes.of('ng')
  channel = nodes.channel
})
afterAll(() => nodes.close())

const caller: SignedInCaller = { kind: 'token', account: { id: 'duty', grants: [{ role: 'operator', channel: null }] } }
const call = <P, Q>(params: P, query: Q) => ({
  params,
  query,
  body: undefined,
  caller,
  signal: new AbortController().signal,
  correlation: 'test',
  headers: {} as never,
  reaches: () => true,
})
const viewAt = ({ node }: TestNode, id: string) => createViewRequest(node)(call({ channel, id }, undefined))
const rowsAt = async ({ node }: TestNode) => (await createListRequests(node)(call({ channel }, {}))).items

function dataTo(to: string, more: CanonicalObject = {}): CanonicalObject {
  const least = { kind: 'information', urgency: 'ordinary', offences: ['illegal-access'], languages: ['en'] }
  return { to, ...least, handling: 'amber', ...more }
}

function bodyNaming(identifiers: string, title = 'Who used it?'): BodyContent {
  return { v: 1, texts: [{ language: 'en', text: title, role: 'original' }], fields: { identifiers } }
}

async function ask(from: TestNode, to: string, identifiers: string, more: CanonicalObject = {}): Promise<string> {
  const order = { type: 'request.opened', data: dataTo(to, more), body: bodyNaming(identifiers) }
  const { digest } = await recordAct(from.node, channel, order)
  const isThere = async (one: TestNode) => (await viewAt(one, digest)).request.id === digest
  await Promise.all(
    nodes.all.map((one) =>
      eventually(
        'the request is everywhere',
        () => isThere(one),
        undefined,
        () => true,
      ),
    ),
  )
  return digest
}

interface Seen {
  readonly alsoAsked: readonly { readonly request: { readonly id: string }; readonly shared: number }[]
}
const sharedOf = (view: Seen) => view.alsoAsked.map(({ request, shared }) => [request.id, shared])

describe('[DK14] the same matter asked twice', () => {
  test('is shown on every side, however it was written and whomever was asked', async () => {
    const first = await ask(us, 'cn', 'Login.Bank.example and 198.51.100.7')
    const second = await ask(cn, 'ng', 'hxxps://login.bank[.]example/x')
    const third = await ask(us, 'ng', 'the host login.bank.example')
    const apart = await ask(ng, 'us', 'login.other.example')
    for (const one of nodes.all) {
      expect(sharedOf(await viewAt(one, first))).toEqual([
        [third, 2],
        [second, 1],
      ])
      const inSecond = sharedOf(await viewAt(one, second)).map(([id]) => String(id))
      expect(inSecond.sort()).toEqual([first, third].sort())
      expect(sharedOf(await viewAt(one, apart))).toEqual([])
      const rows = await rowsAt(one)
      const countOf = (id: string) => rows.find((row) => row.id === id)?.alsoAsked
      expect([first, second, third, apart].map(countOf)).toEqual([2, 2, 2, 0])
    }
  })

  test('is shown while it is drafted', async () => {
    const draft = { channel, type: 'request.opened', subject: undefined, data: dataTo('cn') }
    const checks = await checkContent(us.node, { ...draft, body: bodyNaming('198.51.100.7') })
    expect(checks.alsoAsked).toHaveLength(1)
    const elsewhere = await checkContent(us.node, { ...draft, body: bodyNaming('198.51.100.8') })
    expect(elsewhere.alsoAsked).toEqual([])
  })

  test('is told by digests of which a member can make those alone that it shares the key of', async () => {
    const id = await ask(us, 'cn', 'secret.example')
    const { matter } = (await viewAt(ng, id)).state as { matter: string[] }
    const said = { type: 'request.opened', data: dataTo('us'), body: bodyNaming('secret.example') }
    const madeBy = (one: TestNode) => deriveMatter(one.node, channel, said).filter((digest) => matter.includes(digest))
    expect(matter).toHaveLength(2)
    expect([madeBy(ng), madeBy(cn)].map(({ length }) => length)).toEqual([1, 1])
    expect([...madeBy(ng), ...madeBy(cn)].sort()).toEqual(matter)
  })
})

describe('[IN6] links between requests', () => {
  test('are shown in both directions with their kind', async () => {
    const earlier = await ask(us, 'cn', 'none')
    const other = await ask(us, 'cn', 'none')
    const later = await ask(us, 'cn', 'none', { relation: 'follow-up', earlier, related: [other] })
    await recordAct(us.node, channel, {
      type: 'request.converted',
      subject: other,
      data: { by: 'this-mechanism', request: later },
    })
    await recordAct(us.node, channel, { type: 'request.converted', subject: other, data: { by: 'diplomatic' } })
    await eventually('it is taken on', async () => (await viewAt(cn, other)).links.length === 3)
    await recordAct(cn.node, channel, { type: 'request.forwarded', subject: other, data: { authority: 'police' } })
    const linksOf = async (one: TestNode, id: string) =>
      (await viewAt(one, id)).links.map((link) => [link.kind, link.direction, link.request?.id ?? link.by])
    await eventually('it is handed on', async () => (await linksOf(us, other)).length === 4)
    for (const one of [us, cn]) {
      expect(await linksOf(one, later)).toEqual([
        ['follow-up', 'names', earlier],
        ['related', 'names', other],
        ['converted', 'named', other],
      ])
      expect(await linksOf(one, earlier)).toEqual([['follow-up', 'named', later]])
      expect(await linksOf(one, other)).toEqual([
        ['converted', 'names', later],
        ['converted', 'names', 'diplomatic'],
        ['forwarded', 'names', 'police'],
        ['related', 'named', later],
      ])
    }
  })
})

describe('[RQ35] [RQ36] what is missing', () => {
  test('is the same in a draft and at the receiver, by the guidelines in force', async () => {
    const body = bodyNaming('198.51.100.9')
    const draft = { channel, type: 'request.opened', subject: undefined, data: dataTo('cn'), body }
    const { missing } = await checkContent(us.node, draft)
    // Those of the pack for information: the templates would ask for a result that is sought.
    expect(missing).toEqual(['authority', 'case-reference', 'contact', 'facts', 'purpose'])
    const { digest } = await recordAct(us.node, channel, { ...draft, subject: undefined as never })
    const view = await eventually(
      'it is there',
      () => viewAt(cn, digest),
      undefined,
      () => true,
    )
    expect(view.missing).toEqual(missing)
    const supplement = { type: 'request.supplemented', subject: digest, data: { particulars: ['facts'] } }
    expect((await checkContent(us.node, { channel, ...supplement, body: undefined })).missing).not.toContain('facts')
  })
})

test('[RL14] an attachment whose item nobody else has is named before it leaves', async () => {
  const file = { name: 'log.csv', media: 'text/csv', bytes: 3, digest: 'ab'.repeat(32) }
  const attachments = [file, { ...file, name: 'gone.csv', item: 'cd'.repeat(32) }]
  const draft = { channel, type: 'request.opened', subject: undefined, data: dataTo('cn') }
  const { loose } = await checkContent(us.node, { ...draft, body: { ...bodyNaming('none'), attachments } })
  expect(loose).toEqual(['gone.csv'])
})

describe('the ceiling', () => {
  const red = { type: 'request.opened', data: dataTo('cn', { handling: 'red' }), body: bodyNaming('none') }
  const refusalOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: { code: string; detail?: string }) => `${error.code} ${error.detail}`,
    )
  const size = () => us.node.state.own.get(us.channelLog)!.frontier.size

  async function prepare(): Promise<{ bytes: Uint8Array; sealed: { digest: string; bytes: Uint8Array } }> {
    const { node } = us
    const { reference, sealed } = sealBody(nodeCrypto, node.registry, channel, red.body)
    const seen = await listSeen(node, channel)
    const draft = { v: 1, channel, from: 'us', type: red.type, at: node.clock(), seen, data: red.data, body: reference }
    return { bytes: await approve(nodeCrypto, draft as Draft, node.keyring.signers.operator), sealed }
  }

  test('[DK12] keeps back what is marked above it, however it comes', async () => {
    const before = size()
    expect(await refusalOf(recordAct(us.node, channel, red))).toBe('entry.refused handling.above-ceiling')
    const { bytes, sealed } = await prepare()
    expect(await refusalOf(recordPrepared(us.node, channel, bytes, sealed.bytes))).toBe(
      'entry.refused handling.above-ceiling',
    )
    const file = { filename: 'a.bin', description: 'A file', language: 'en', media: 'log', handling: 'red', to: ['cn'] }
    expect(await refusalOf(beginUpload(us.node, { channel, account: 'duty' }, 10, file))).toBe(
      'entry.refused handling.above-ceiling',
    )
    expect(size()).toBe(before)
    const checks = await checkContent(us.node, { channel, subject: undefined, ...red })
    expect(checks).toMatchObject({ ceiling: 'amber-strict', aboveCeiling: true })
  })

  test('[DK13] what another desk sent above it is valid, and shown as above it', async () => {
    const { bytes, sealed } = await prepare()
    const origin = channelOrigin(us.node.home.settings.prefix, channel)
    const { digest } = await submit(us.node, { kind: 'submission', origin, entry: bytes, bodies: [sealed] })
    const view = await eventually(
      'it is there',
      () => viewAt(cn, digest),
      undefined,
      () => true,
    )
    expect(view.acts).toMatchObject([{ verdict: 'valid', aboveCeiling: 'amber-strict' }])
    const fine = await ask(us, 'cn', 'none')
    expect((await viewAt(cn, fine)).acts[0]).not.toHaveProperty('aboveCeiling')
  })
})
