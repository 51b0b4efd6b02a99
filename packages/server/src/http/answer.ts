// Turns what a handler gives into an answer. What leaves is checked against the contract: a field that the contract does
// not name never leaves the node, even by our own mistake.

import type { Download, Operation } from '@parley/api'
import { formatAttachment } from './attachment.ts'
import { HttpError } from './error.ts'
import type { Outcome } from './shell-handlers.ts'

/** @throws {HttpError} `http.internal` when the handler gave something else than it promised */
export function formatAnswer(operation: Operation, { answer, headers: extra }: Outcome): Response {
  const { response } = operation
  const headers = new Headers(extra)
  switch (response.kind) {
    case 'json': {
      const result = response.schema.safeParse(answer)
      if (!result.success) throw broken(operation, result.error)
      headers.set('content-type', 'application/json')
      return new Response(JSON.stringify(result.data), { status: response.status, headers })
    }
    case 'text':
      if (typeof answer !== 'string') throw broken(operation)
      headers.set('content-type', response.media)
      return new Response(answer, { headers })
    case 'bytes':
      if (!(answer instanceof Uint8Array)) throw broken(operation)
      headers.set('content-type', 'application/octet-stream')
      headers.set('content-disposition', `attachment; filename="${response.filename}"`)
      return new Response(answer as Uint8Array<ArrayBuffer>, { headers })
    case 'download': {
      const { content, length, name } = answer as Download
      if (!(content instanceof ReadableStream)) throw broken(operation)
      headers.set('content-type', 'application/octet-stream')
      headers.set('content-length', String(length))
      headers.set('content-disposition', formatAttachment(name))
      return new Response(content, { headers })
    }
    case 'events':
      if (!(answer instanceof ReadableStream)) throw broken(operation)
      headers.set('content-type', 'text/event-stream')
      return new Response(answer as ReadableStream<Uint8Array>, { headers })
    case 'none':
      return new Response(null, { status: 204, headers })
  }
}

function broken(operation: Operation, cause?: unknown): HttpError {
  return new HttpError('http.internal', `The answer of ${operation.name} is not as the contract says`, { cause })
}
