// Takes in a request's body: the right media type, no encoding, never more bytes than allowed, and JSON only as the
// contract shapes it.

import type { Operation } from '@parley/api'
import { limits } from '@parley/api'
import { HttpError } from './error.ts'
import { fieldProblems } from './field-problems.ts'
import { parseJson } from './json.ts'
import { bodyBytesAtOnceMax, bodyBytesInHandMax } from './limits.ts'

const jsonMedia: ReadonlySet<string> = new Set(['application/json', 'application/json; charset=utf-8'])

/** The bytes of all bodies that are being read or worked on: one bound for all clients together. */
export interface BodyBudget {
  /** @throws {HttpError} `http.busy` */
  take(bytes: number): void
  give(bytes: number): void
}

export function createBodyBudget(bytesMax = bodyBytesInHandMax): BodyBudget {
  let inHand = 0
  return {
    take(bytes) {
      if (inHand + bytes > bytesMax) {
        throw new HttpError('http.busy', 'Too many bodies are being read', { retryAfterSeconds: 5 })
      }
      inHand += bytes
    },
    give(bytes) {
      inHand -= bytes
    },
  }
}

/** A body that was taken in. `release` gives its bytes back to the budget. */
export interface TakenBody {
  readonly value: unknown
  release(): void
}

/**
 * Reads the body that an operation declares, and refuses one that it does not.
 *
 * @throws {HttpError} `http.media-type`, `http.body`, `http.too-large`, `http.busy`, `http.json`, `http.invalid`
 */
export async function openBody(operation: Operation, request: Request, budget: BodyBudget): Promise<TakenBody> {
  const { headers } = request
  const media = headers.get('content-type')
  if (headers.has('content-encoding')) throw new HttpError('http.media-type', 'Bodies are taken uncompressed only')
  if (operation.request === undefined) {
    if (media !== null) throw new HttpError('http.media-type', 'This operation takes no body')
    const length = headers.get('content-length')
    if ((length !== null && length !== '0') || headers.has('transfer-encoding')) {
      throw new HttpError('http.body', 'This operation takes no body')
    }
    return { value: undefined, release() {} }
  }
  const accepted = acceptedMedia(operation.request)
  if (media === null || !accepted.has(media)) {
    throw new HttpError('http.media-type', `This operation takes ${[...accepted][0]} only`)
  }
  const bytesMax = operation.request.bytesMax ?? limits.jsonBytesMax
  const { bytes, release } = await readBytes(request, bytesMax, budget)
  try {
    const mayBeEmpty = operation.request.kind === 'bytes' && operation.request.mayBeEmpty === true
    if (bytes.length === 0 && !mayBeEmpty) throw new HttpError('http.body', 'The body is missing')
    if (operation.request.kind === 'bytes') return { value: bytes, release }
    const sent = parseJson(bytes)
    const result = operation.request.schema.safeParse(sent)
    if (result.success) return { value: result.data, release }
    const errors = fieldProblems(result.error, sent)
    throw new HttpError('http.invalid', 'The body is not as this operation takes it', { errors })
  } catch (error) {
    release()
    throw error
  }
}

function acceptedMedia(request: NonNullable<Operation['request']>): ReadonlySet<string> {
  return request.kind === 'json' ? jsonMedia : new Set([request.media ?? 'application/octet-stream'])
}

async function readBytes(request: Request, bytesMax: number, budget: BodyBudget) {
  const tooLarge = () => new HttpError('http.too-large', `This operation takes at most ${bytesMax} bytes`)
  const declared = request.headers.get('content-length')
  if (Number(declared ?? 0) > bytesMax) throw tooLarge()
  if (declared !== null && Number(declared) <= bodyBytesAtOnceMax) return readAtOnce(request, Number(declared), budget)
  // Where it is known how long it will be, the bytes go to their place as they come, and are never there twice. Room that is not
  // filled takes no memory: the budget counts what has come.
  const whole = /^[0-9]+$/.test(declared ?? '') ? new Uint8Array(Number(declared)) : undefined
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) break
      if (length + value.length > (whole?.length ?? bytesMax)) throw tooLarge()
      budget.take(value.length)
      whole?.set(value, length)
      length += value.length
      if (whole === undefined) chunks.push(value)
    }
  } catch (error) {
    budget.give(length)
    await reader?.cancel().catch(() => undefined)
    if (error instanceof HttpError) throw error
    throw new HttpError('http.body', 'The body was cut short', { cause: error })
  }
  if (whole !== undefined && whole.length !== length) {
    budget.give(length)
    throw new HttpError('http.body', 'The body was cut short')
  }
  return { bytes: whole ?? joined(chunks, length), release: () => budget.give(length) }
}

/**
 * Reads a small body whose length was declared, at a fraction of what a stream costs. The server beneath sees to it that
 * no more than that comes.
 */
async function readAtOnce(request: Request, length: number, budget: BodyBudget) {
  budget.take(length)
  try {
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length !== length) throw new RangeError('the body is not as long as it was declared')
    return { bytes, release: () => budget.give(length) }
  } catch (cause) {
    budget.give(length)
    throw new HttpError('http.body', 'The body was cut short', { cause })
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
