// Evidence between two nodes: sealed as it comes, handed over, fetched piece by piece, received, opened, copied, erased.

import { randomBytes } from 'node:crypto'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { pieceBytes } from '@parley/record'
import { openRequest } from '../../packages/server/test-support/acts.ts'
import { readSubjects } from '../../packages/server/src/db/subjects.ts'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { beginUpload, handOut, recordSealed } from '../../packages/server/src/desk/evidence.ts'
import { foundNodes, eventually } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes | undefined
afterEach(async () => {
  await nodes?.close()
  nodes = undefined
})

const order = {
  filename: 'server\u202egpj.exe',
  description: 'The log of one server',
  language: 'en',
  media: 'log-files',
  handling: 'amber',
  to: ['cn'],
}

/** Uploads a file in pieces, stopping the node in the middle when asked to; resolves to the item. */
async function upload(us: TestNode, channel: string, bytes: Uint8Array, stopAt?: number): Promise<string> {
  const owner = { channel, account: 'liaison' }
  const begun = await beginUpload(us.node, owner, bytes.length, order)
  let { offset } = begun
  let sent = 0
  for (let stopped = false; ;) {
    const piece = bytes.subarray(offset, offset + 512 * 1024)
    const view = await us.node.evidence.uploads.append(owner, begun.id, offset, piece, (completed) =>
      recordSealed(us.node, channel, completed),
    )
    sent += piece.length
    offset = view.offset
    if (view.subject !== null) {
      expect(sent - bytes.length).toBeLessThanOrEqual(512 * 1024)
      return view.subject
    }
    if (stopAt === undefined || stopped || offset < stopAt) continue
    stopped = true
    await us.stop()
    await us.start()
    offset = (await us.node.evidence.uploads.view(owner, begun.id)).offset
    expect(offset).toBeGreaterThan(stopAt - 512 * 1024)
  }
}

async function readAll(of: TestNode, channel: string, id: string, act: string): Promise<Buffer> {
  const { content } = await handOut(of.node, channel, id, act)
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

const act = (of: TestNode, channel: string, type: string, subject: string, data: object = {}) =>
  recordAct(of.node, channel, { type, subject, data: data as never })

async function custodyAt(of: TestNode, channel: string, id: string, party: string) {
  const state = await of.node.evidence.readItem(channel, id)
  return state?.custody.find((one) => one.party === party)
}

test('[EF1] [EF3] [EF6] [EF10] [T-20] a file goes from one node to the other over a stopped upload and a stopped transfer', async () => {
  nodes = await foundNodes()
  const { channel } = nodes
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const bytes = new Uint8Array(randomBytes(7 * pieceBytes + 12_345))
  const id = await upload(us, channel, bytes, 3 * pieceBytes)
  const { ciphertext } = (await us.node.evidence.readItem(channel, id))!

  // Nothing is given before it is handed over: not a hash, not a piece.
  expect(await us.node.evidence.giveHashes('cn', channel, id)).toBeUndefined()
  expect(await us.node.evidence.givePiece('cn', channel, id, 0)).toBeUndefined()

  // The receiver has the beginning already, with a damaged piece in it.
  await cn.stop()
  const half = (await readFile(us.node.evidence.folder.itemPath(ciphertext))).subarray(0, 3 * pieceBytes)
  half[2 * pieceBytes + 5]! ^= 1
  await act(us, channel, 'evidence.given', id, { to: 'cn' })
  await cn.open()
  await writeFile(cn.node.evidence.folder.arrivalPath(ciphertext), half)
  await cn.connect()
  await eventually('the item is received', async () => (await custodyAt(us, channel, id, 'cn'))?.received)
  const stored = await readFile(cn.node.evidence.folder.itemPath(ciphertext))
  expect(stored.equals(await readFile(us.node.evidence.folder.itemPath(ciphertext)))).toBe(true)

  const opened = await act(cn, channel, 'evidence.opened', id, { purpose: 'examination' })
  await eventually('judged', async () => (await custodyAt(cn, channel, id, 'cn'))?.opened)
  expect((await readAll(cn, channel, id, opened.digest)).equals(bytes)).toBe(true)
  await expect(readAll(cn, channel, id, id)).rejects.toMatchObject({ code: 'evidence.unstated' })

  // An erasure is shown on both sides and changes nothing but the custody of whoever erased.
  const before = await us.node.evidence.readItem(channel, id)
  await act(cn, channel, 'evidence.erased', id, { ground: 'court-order' })
  await eventually('the file is gone', async () => {
    return (await cn.node.evidence.folder.sizeOf(ciphertext)) === undefined
  })
  await eventually('shown', async () => (await custodyAt(us, channel, id, 'cn'))?.erased)
  const after = await us.node.evidence.readItem(channel, id)
  expect(after!.custody.filter(({ party }) => party === 'us')).toEqual(
    before!.custody.filter(({ party }) => party === 'us'),
  )
  expect(await us.node.evidence.givePiece('cn', channel, id, 0)).toBeUndefined()
  expect(JSON.stringify(after)).not.toContain('.exe')
}, 60_000)

test('[EF6] [EF9] a piece that is not what the entry commits to is refused at once, and the transfer waits', async () => {
  nodes = await foundNodes()
  const { channel } = nodes
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const id = await upload(us, channel, new Uint8Array(randomBytes(3 * pieceBytes)))
  const { ciphertext } = (await us.node.evidence.readItem(channel, id))!
  const path = us.node.evidence.folder.itemPath(ciphertext)
  const file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, pieceBytes + 9)
  await file.write(Buffer.of(byte[0]! ^ 1), 0, 1, pieceBytes + 9)
  await act(us, channel, 'evidence.given', id, { to: 'cn' })
  await eventually('found out', () =>
    cn.reports.some(({ code, what }) => what === 'evidence' && code === 'evidence.damaged'),
  )
  expect(await cn.node.evidence.folder.sizeOf(ciphertext)).toBeUndefined()
  expect((await stat(cn.node.evidence.folder.arrivalPath(ciphertext))).size).toBe(pieceBytes)

  await file.write(byte, 0, 1, pieceBytes + 9)
  await file.close()
  await eventually('received', async () => (await custodyAt(us, channel, id, 'cn'))?.received)
}, 60_000)

test('[EV11] [EF14] no item is sealed for a request that is not there, and none of another exercise', async () => {
  nodes = await foundNodes({ running: ['us', 'cn'] })
  const { channel } = nodes
  const us = nodes.of('us')
  const owner = { channel, account: 'liaison' }
  const begin = (more: object) => beginUpload(us.node, owner, 10, { ...order, ...more })
  const unknown = 'e'.repeat(64)
  await expect(begin({ request: unknown })).rejects.toMatchObject({
    code: 'entry.refused',
    detail: 'evidence.request-unknown',
  })
  const { digest: request } = await openRequest(us, channel, 'cn')
  await expect(begin({ request, exercise: true })).rejects.toMatchObject({ detail: 'exercise.differs' })
  expect(await us.node.evidence.uploads.list(owner)).toEqual([])
  const { id } = await begin({ request })
  const { subject } = await us.node.evidence.uploads.append(owner, id, 0, new Uint8Array(10), (completed) =>
    recordSealed(us.node, channel, completed),
  )
  expect(await us.node.evidence.readItem(channel, subject!)).toMatchObject({ request })
  // Past the door of uploads the log of the party itself refuses.
  const [row] = await readSubjects(us.node.database.reader, channel, [subject!])
  const [{ data }] = JSON.parse(row!.acts) as [{ data: object }]
  const stray = { ...data, request: unknown } as never
  const body = { v: 1, texts: [{ language: 'en', text: 'x', role: 'original' }] } as never
  await expect(recordAct(us.node, channel, { type: 'evidence.sealed', data: stray, body })).rejects.toMatchObject({
    code: 'entry.refused',
    detail: 'evidence.request-unknown',
  })
}, 60_000)

test('[EF7] an upload is its account’s own, goes on at its own offset and takes no byte too many', async () => {
  nodes = await foundNodes({ running: ['us', 'cn'] })
  const { channel } = nodes
  const { node } = nodes.of('us')
  const owner = { channel, account: 'liaison' }
  const { id } = await beginUpload(node, owner, 100, order)
  const complete = (): Promise<string> => Promise.reject(new Error('not complete'))
  const { uploads } = node.evidence
  await expect(uploads.view({ ...owner, account: 'other' }, id)).rejects.toMatchObject({ code: 'upload.unknown' })
  await expect(uploads.append(owner, id, 1, new Uint8Array(1), complete)).rejects.toMatchObject({
    code: 'upload.offset',
  })
  await expect(uploads.append(owner, id, 0, new Uint8Array(101), complete)).rejects.toMatchObject({
    code: 'upload.length',
  })
  await uploads.append(owner, id, 0, new Uint8Array(50), complete)
  expect((await uploads.view(owner, id)).offset).toBe(50)
  await uploads.end(owner, id)
  await expect(uploads.view(owner, id)).rejects.toMatchObject({ code: 'upload.unknown' })
}, 60_000)
