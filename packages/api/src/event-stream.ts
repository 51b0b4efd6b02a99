// Reads the node's server-sent events. Only what this interface sends is understood: one line of JSON an event, and
// comments as heartbeats.

import { ApiProblem } from './api-problem.ts'
import type { NodeEvent } from './event.ts'

const lineLengthMax = 16 * 1024

/**
 * Reads events until the stream ends. Leaving the loop ends the stream.
 *
 * @throws {ApiProblem} `client.answer` when a line is not one of this interface.
 */
export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<NodeEvent> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let pending = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      pending += decoder.decode(value, { stream: true })
      const lines = pending.split('\n')
      pending = lines.pop() ?? ''
      if (pending.length > lineLengthMax) throw strangeLine()
      for (const line of lines) {
        if (line.startsWith('data: ')) yield openEvent(line.slice('data: '.length))
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function openEvent(text: string): NodeEvent {
  try {
    return JSON.parse(text) as NodeEvent
  } catch (cause) {
    throw strangeLine(cause)
  }
}

function strangeLine(cause?: unknown): ApiProblem {
  return new ApiProblem(
    { code: 'client.answer', status: 200, detail: 'The event stream is not one of this interface' },
    { cause },
  )
}
