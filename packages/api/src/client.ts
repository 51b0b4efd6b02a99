// A client of the HTTP interface: one typed function for each operation, made from the contract. It runs in browsers
// and in Node alike; it checks nothing that it is told, because proofs are checked by the record and not by transport.

import { ApiProblem } from './api-problem.ts'
import { readEvents } from './event-stream.ts'
import type { Answer, Body, HeaderFields, Operation, Params, Query } from './operation.ts'
import { operations, type OperationName, type Operations } from './operations.ts'
import type { Problem } from './problem.ts'

export { ApiProblem, type ApiProblemCode } from './api-problem.ts'
export { readEvents } from './event-stream.ts'

export interface ClientOptions {
  /** Scheme, host and port without a final slash; empty for the page's own origin. */
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  /** An operator's token; without one the browser's cookie speaks. */
  readonly token?: string
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

type ParamsInput<O extends Operation> = keyof Params<O> extends never ? unknown : { readonly params: Params<O> }
type QueryInput<O extends Operation> = keyof Query<O> extends never ? unknown : { readonly query?: Query<O> }
type BodyInput<O extends Operation> = Body<O> extends undefined ? unknown : { readonly body: Body<O> }
type HeadersInput<O extends Operation> = keyof HeaderFields<O> extends never
  ? unknown
  : { readonly headers: HeaderFields<O> }
/** What a call of an operation is given. */
export type Input<O extends Operation> = ParamsInput<O> & QueryInput<O> & BodyInput<O> & HeadersInput<O>

type Call<O extends Operation> =
  object extends Input<O>
    ? (input?: Input<O>, options?: CallOptions) => Promise<Answer<O>>
    : (input: Input<O>, options?: CallOptions) => Promise<Answer<O>>

/** One function for each operation of the contract, by its name. */
export type Client = { readonly [N in OperationName]: Call<Operations[N]> }

interface AnyInput {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/**
 * Makes the client. Each function resolves to what its operation answers.
 *
 * @throws {ApiProblem} from each function, with the code of the node's refusal; an aborted call rejects with the
 * signal's reason.
 */
export function createClient(options: ClientOptions): Client {
  const calls = Object.values(operations).map((operation: Operation) => [
    operation.name,
    (input: AnyInput = {}, callOptions: CallOptions = {}) => call(options, operation, input, callOptions),
  ])
  return Object.fromEntries(calls) as Client
}

/** Where the answer of an operation that only reads is, for a browser that saves it by itself. */
export function addressOf<N extends OperationName>(name: N, input: Input<Operations[N]>): string {
  const { params = {}, query = {} } = input as AnyInput
  return formatPath(operations[name], params) + formatQuery(query)
}

async function call(options: ClientOptions, operation: Operation, input: AnyInput, { signal }: CallOptions) {
  const headers: Record<string, string> = { accept: acceptedMedia(operation) }
  if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`
  if (operation.method !== 'GET') headers['parley-request'] = '1'
  for (const [name, value] of Object.entries(input.headers ?? {})) if (value !== undefined) headers[name] = value
  const init: RequestInit = { method: operation.method, headers, credentials: 'same-origin', redirect: 'error' }
  if (signal !== undefined) init.signal = signal
  if (operation.request?.kind === 'json') {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  } else if (operation.request?.kind === 'bytes') {
    headers['content-type'] = operation.request.media ?? 'application/octet-stream'
    init.body = input.body as Uint8Array<ArrayBuffer>
  }
  const address = options.baseUrl + formatPath(operation, input.params ?? {}) + formatQuery(input.query ?? {})
  const response = await untilAborted(signal, () => options.fetch(address, init))
  if (!response.ok) throw await problemOf(response)
  return untilAborted(signal, () => answerOf(operation, response))
}

function acceptedMedia(operation: Operation): string {
  switch (operation.response.kind) {
    case 'json':
    case 'none':
      return 'application/json, application/problem+json'
    case 'text':
      return `${operation.response.media.split(';')[0]}, application/problem+json`
    case 'bytes':
    case 'download':
      return 'application/octet-stream, application/problem+json'
    case 'events':
      return 'text/event-stream, application/problem+json'
  }
}

function formatPath(operation: Operation, params: Readonly<Record<string, string | number>>): string {
  return operation.path.replace(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '')
    // A person can mistype an address of the console; a dot or a slash here would name another operation.
    if (!/^[A-Za-z0-9-]+$/.test(value)) {
      throw new ApiProblem({ code: 'http.not-found', status: 404, detail: `This cannot be the ${name} of anything` })
    }
    return value
  })
}

function formatQuery(query: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ApiProblem || signal?.aborted === true) throw cause
    throw new ApiProblem({ code: 'client.unreachable', status: 0, detail: 'No whole answer came' }, { cause })
  }
}

async function answerOf(operation: Operation, response: Response): Promise<unknown> {
  switch (operation.response.kind) {
    case 'json': {
      const text = await response.text()
      try {
        return JSON.parse(text) as unknown
      } catch (cause) {
        throw strangeAnswer(response, cause)
      }
    }
    case 'text':
      return response.text()
    case 'bytes':
      return new Uint8Array(await response.arrayBuffer())
    case 'download': {
      if (response.body === null) throw strangeAnswer(response)
      const length = Number(response.headers.get('content-length') ?? Number.NaN)
      const [, name = ''] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
      return { name: decodeURIComponent(name), length, content: response.body }
    }
    case 'events':
      if (response.body === null) throw strangeAnswer(response)
      return readEvents(response.body)
    case 'none':
      return undefined
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterSeconds = Number.isSafeInteger(retryAfter) ? retryAfter : undefined
  if (response.headers.get('content-type') !== 'application/problem+json') return strangeAnswer(response)
  try {
    const problem = (await response.json()) as Problem
    if (typeof problem.code !== 'string' || typeof problem.detail !== 'string') return strangeAnswer(response)
    return new ApiProblem({ ...problem, status: response.status }, { retryAfterSeconds })
  } catch (cause) {
    return strangeAnswer(response, cause)
  }
}

function strangeAnswer(response: Response, cause?: unknown): ApiProblem {
  const detail = `The answer, with status ${response.status}, is not one of this interface`
  return new ApiProblem({ code: 'client.answer', status: response.status, detail }, { cause })
}
