// The hub of server-sent events: says to every open console that something changed, never what. Readers are few and
// bounded; one that does not keep up is let go and reads the state anew.

import { nodeEvent, type NodeEvent } from '@parley/api'
import { HttpError } from './error.ts'
import { eventQueueMax, heartbeatMilliseconds, subscribersAccountMax, subscribersMax } from './limits.ts'

/** Calls again and again until the returned function is called. */
export type Every = (milliseconds: number, call: () => void) => () => void

export interface Subscription {
  readonly account: string
  /** The session behind the stream; undefined for the bearer of a token. */
  readonly session: string | undefined
  /** Whether an event about a channel may be told; one that names no channel may. */
  readonly reaches: (channel: string) => boolean
  /** Whether the credential still holds; asked at every heartbeat. */
  readonly holds: () => boolean
}

export interface EventHub {
  /** Tells every subscriber. An event with anything in it beside the contract's fields is our mistake and throws. */
  publish(event: NodeEvent): void
  /** @throws {HttpError} `http.busy` */
  subscribe(subscription: Subscription): ReadableStream<Uint8Array>
  /** Ends the streams of a session. */
  endSession(session: string): void
  /** How many streams are open. */
  count(): number
  /** Ends all streams, for good. */
  close(): void
}

type Controller = ReadableStreamDefaultController<Uint8Array>

const encoder = new TextEncoder()
const greeting = encoder.encode('retry: 3000\n\n')
const heartbeat = encoder.encode(': here\n\n')

/** Makes the hub. `every` is the clock. */
export function createEventHub(options: { readonly every: Every }): EventHub {
  const open = new Map<Controller, Subscription>()
  let closed = false

  function end(controller: Controller): void {
    // What waits in the queue may still be read; nothing more is put there.
    if (open.delete(controller)) controller.close()
  }

  function send(controller: Controller, bytes: Uint8Array): void {
    if ((controller.desiredSize ?? 0) <= 0) end(controller)
    else controller.enqueue(bytes)
  }

  const stopHeartbeat = options.every(heartbeatMilliseconds, () => {
    for (const [controller, subscription] of open) {
      if (subscription.holds()) send(controller, heartbeat)
      else end(controller)
    }
  })

  return {
    publish(event) {
      const checked = nodeEvent.parse(event)
      if (open.size === 0) return
      const bytes = encoder.encode(`data: ${JSON.stringify(checked)}\n\n`)
      for (const [controller, { reaches }] of open) {
        if (checked.channel === undefined || reaches(checked.channel)) send(controller, bytes)
      }
    },
    subscribe(subscription) {
      const own = [...open.values()].filter(({ account }) => account === subscription.account)
      if (closed || open.size >= subscribersMax || own.length >= subscribersAccountMax) {
        throw new HttpError('http.busy', 'Too many event streams are open', { retryAfterSeconds: 30 })
      }
      let mine: Controller
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            mine = controller
            open.set(controller, subscription)
            controller.enqueue(greeting)
          },
          cancel() {
            open.delete(mine)
          },
        },
        new CountQueuingStrategy({ highWaterMark: eventQueueMax }),
      )
    },
    endSession(session) {
      for (const [controller, subscription] of open) if (subscription.session === session) end(controller)
    },
    count: () => open.size,
    close() {
      closed = true
      stopHeartbeat()
      for (const controller of open.keys()) end(controller)
    },
  }
}
