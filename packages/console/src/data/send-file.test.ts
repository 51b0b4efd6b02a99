import { createHash } from 'node:crypto'
import { ApiProblem } from '@parley/api/client'
import type { ApiProblemCode } from '@parley/api/client'
import { expect, test } from 'vitest'
import { beginUpload, FileChanged, formatMetadata, sendFile } from './send-file.ts'
import type { UploadClient } from './send-file.ts'

const channel = 'c'.repeat(32)
const id = 'd'.repeat(32)
const item = 'e'.repeat(64)

const problem = (code: ApiProblemCode): ApiProblem => new ApiProblem({ code, status: 503, detail: code })

/** A node as the contract has it: bytes only at its own offset. `losses` are thrown one after another, after a piece was taken or before. */
function createNode(length: number, losses: readonly (readonly ['before' | 'after', ApiProblemCode])[] = []) {
  const taken: Uint8Array[] = []
  const offsets: number[] = []
  const left = [...losses]
  let held = 0
  let calls = 0
  let ended = false
  const view = () => ({ id, length, offset: held, name: 'x', request: null, expires: 0, item: ended ? item : null })
  const client: UploadClient = {
    openUpload: () => Promise.resolve(view()),
    viewUpload: () => Promise.resolve(view()),
    async appendUpload({ body, headers }) {
      calls += 1
      const loss = calls % 2 === 0 ? left.shift() : undefined
      if (loss?.[0] === 'before') throw problem(loss[1])
      const offset = Number(headers['upload-offset'])
      if (offset !== held) throw problem('upload.offset')
      expect(headers['upload-checksum']).toBe(`sha256 ${createHash('sha256').update(body).digest('base64')}`)
      taken.push(body)
      offsets.push(offset)
      held += body.length
      ended = held === length
      if (loss?.[0] === 'after') throw problem(loss[1])
      return undefined
    },
  }
  return { client, offsets, content: () => Buffer.concat(taken) }
}

function createFile(length: number): { file: Blob; bytes: Uint8Array } {
  const bytes = new Uint8Array(length).map((_, at) => (at * 31 + (at >> 8)) & 255)
  return { bytes, file: new Blob([bytes]) }
}

const patient = (signal = new AbortController().signal) => {
  const sent: number[] = []
  const waits: number[] = []
  const lost: string[] = []
  return {
    sent,
    waits,
    lost,
    sending: {
      signal,
      onSent: (bytes: number) => void sent.push(bytes),
      onLost: ({ code }: ApiProblem) => void lost.push(code),
      wait: (seconds: number) => Promise.resolve(void waits.push(seconds)),
    },
  }
}

test.each([0, 1, 1024 * 1024, 5 * 1024 * 1024 + 3])('a file of %i bytes arrives whole', async (length) => {
  const { bytes, file } = createFile(length)
  const node = createNode(length)
  const { sending, sent } = patient()
  expect(await sendFile(node.client, { channel, id }, file, sending)).toBe(item)
  if (length > 0) expect(node.content().equals(bytes)).toBe(true)
  expect(sent.at(-1)).toBe(length)
  expect(sent).toEqual([...sent].sort((a, b) => a - b))
})

test('after a loss it goes on where the node says, whether the piece had arrived or not', async () => {
  const { bytes, file } = createFile(12 * 1024 * 1024)
  const node = createNode(bytes.length, [
    ['before', 'client.unreachable'],
    ['after', 'client.unreachable'],
    ['before', 'http.busy'],
  ])
  const { lost, sending, waits } = patient()
  expect(await sendFile(node.client, { channel, id }, file, sending)).toBe(item)
  expect(node.content().equals(bytes)).toBe(true)
  expect(lost).toEqual(['client.unreachable', 'client.unreachable', 'http.busy'])
  expect(waits).toHaveLength(3)
})

test('waits grow while nothing gets through, and are bounded', async () => {
  const { file } = createFile(10)
  const node = createNode(10)
  let refusals = 9
  const client: UploadClient = {
    ...node.client,
    viewUpload: (...given) => {
      refusals -= 1
      return refusals < 0 ? node.client.viewUpload(...given) : Promise.reject(problem('client.unreachable'))
    },
  }
  const { sending, waits } = patient()
  await sendFile(client, { channel, id }, file, sending)
  expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30])
})

test('a refusal ends it, and so does a file that is another', async () => {
  const { file } = createFile(10)
  const refusing: UploadClient = {
    ...createNode(10).client,
    appendUpload: () => Promise.reject(problem('node.storage')),
  }
  const { sending } = patient()
  await expect(sendFile(refusing, { channel, id }, file, sending)).rejects.toMatchObject({ code: 'node.storage' })
  await expect(sendFile(createNode(11).client, { channel, id }, file, sending)).rejects.toThrow(FileChanged)
  const gone = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) } as unknown as Blob
  await expect(sendFile(createNode(10).client, { channel, id }, gone, sending)).rejects.toThrow(FileChanged)
})

test('an abort while it waits ends it with the reason of the signal', async () => {
  const { file } = createFile(10)
  const stop = new AbortController()
  const client: UploadClient = {
    ...createNode(10).client,
    viewUpload: () => Promise.reject(problem('client.unreachable')),
  }
  const { sending } = patient(stop.signal)
  const wait = (): Promise<void> => {
    stop.abort(new Error('paused'))
    return Promise.reject(stop.signal.reason as Error)
  }
  await expect(sendFile(client, { channel, id }, file, { ...sending, wait })).rejects.toThrow('paused')
})

test('what is said of a file goes as keys with base64, and what is not said is left out', async () => {
  const said = { filename: '日志.txt', handling: 'amber', request: undefined }
  expect(formatMetadata(said)).toBe(`filename ${Buffer.from('日志.txt').toString('base64')},handling YW1iZXI=`)
  expect(await beginUpload(createNode(3).client, channel, 3, said)).toBe(id)
})
