// A stand-in for the node, as middleware of the development server: the development record behind the operations of the
// contract. It checks little and keeps nothing. Not in the build.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { operations } from '@parley/api'
import type { Plugin } from 'vite'
import { problem, serve } from './answers.ts'
import { playStory } from './story.ts'
import { createWorld } from './world.ts'

const sessionMilliseconds = 8 * 3_600_000

function json(response: ServerResponse, status: number, value: unknown, media = 'application/json') {
  response.writeHead(status, { 'content-type': media, 'cache-control': 'no-store' })
  response.end(value === undefined ? undefined : JSON.stringify(value))
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** The whole stand-in; `token` is what signs in. */
export async function createMock(token = 'operator') {
  const world = await createWorld()
  await playStory(world, Date.now())
  const streams = new Set<ServerResponse>()
  const handlers = serve(world, (event) =>
    streams.forEach((stream) => stream.write(`data: ${JSON.stringify(event)}\n\n`)),
  )
  const session = {
    account: '34'.repeat(16),
    grants: [
      { role: 'administrator', channel: null },
      { role: 'duty', channel: null },
    ],
    means: 'passkey',
    since: Date.now(),
    idleUntil: Date.now() + sessionMilliseconds,
    absoluteUntil: Date.now() + sessionMilliseconds,
  }
  return async (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const url = new URL(request.url ?? '/', 'http://mock')
    if (!url.pathname.startsWith('/api/')) return next()
    try {
      if (url.pathname === '/api/sign-in') {
        // `people` in the address of the page shows the sign-in of a node that has an administrator.
        const people = (request.headers.referer ?? '').includes('people')
        return json(response, 200, { passkey: true, oidc: people, token: !people })
      }
      const signedIn = (request.headers.cookie ?? '').includes('parley-mock=1')
      if (url.pathname === '/api/session' && request.method === 'POST') {
        if ((await read(request))['token'] !== token) throw problem('session.token', 401)
        response.setHeader('set-cookie', 'parley-mock=1; Path=/; HttpOnly; SameSite=Strict')
        return json(response, 201, session)
      }
      if (!signedIn) throw problem('http.credentials', 401)
      if (url.pathname === '/api/session' && request.method === 'DELETE') {
        response.setHeader('set-cookie', 'parley-mock=; Path=/; Max-Age=0')
        return json(response, 204, undefined)
      }
      if (url.pathname === '/api/session') return json(response, 200, session)
      if (url.pathname === '/api/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write(': hello\n\n')
        streams.add(response)
        return void request.on('close', () => streams.delete(response))
      }
      for (const operation of Object.values(operations)) {
        const names = [...operation.path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1]!)
        const match = new RegExp(`^${operation.path.replaceAll(/\{[a-z]+\}/g, '([^/]+)')}$`).exec(url.pathname)
        const handler = handlers[operation.name]
        if (match === null || request.method !== operation.method || handler === undefined) continue
        const params = Object.fromEntries(names.map((name, i) => [name, match[i + 1]!]))
        const body = request.method === 'POST' ? await read(request) : {}
        return json(
          response,
          operation.method === 'POST' ? 201 : 200,
          await handler({ params, query: Object.fromEntries(url.searchParams), body }),
        )
      }
      throw problem('http.not-found', 404)
    } catch (thrown) {
      const known = thrown as { problem?: unknown; status?: number }
      if (known.problem === undefined) process.stderr.write(`${String((thrown as Error).stack)}\n`)
      return json(
        response,
        known.status ?? 500,
        known.problem ?? problem('http.internal', 500).problem,
        'application/problem+json',
      )
    }
  }
}

export function mockNode(): Plugin {
  return {
    name: 'parley:mock-node',
    async configureServer(server) {
      const mock = await createMock()
      server.middlewares.use((request, response, next) => void mock(request, response, next))
    },
  }
}
