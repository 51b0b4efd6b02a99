// What is in a request that the contract does not know, and how a refusal says so.

import { type OperationName, type Problem } from '@parley/api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { examples } from './testing/examples.ts'
import {
  contract,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  sameOrigin,
  standing,
} from './testing/test-app.ts'

const withJson = operationNames.filter((name) => contract[name].request?.kind === 'json')
const headers = { ...standing, ...sameOrigin }

async function codeOf(response: Response): Promise<string> {
  return response.ok ? String(response.status) : ((await response.json()) as Problem).code
}

describe('[HT15] [T-32] unknown members', () => {
  /** Every member name that any schema of the contract knows, and some that no schema does. */
  const names = new Set(['__proto__', 'constructor', 'prototype', 'toString', 'isAdmin', 'roles', 'account', 'id', ''])
  const collect = (schema: z.ZodType, depth = 0): void => {
    const { shape, element, innerType, options } = schema.def as unknown as Record<string, unknown>
    if (typeof shape === 'object' && shape !== null) {
      for (const [name, inner] of Object.entries(shape)) {
        names.add(name)
        if (depth < 6) collect(inner as z.ZodType, depth + 1)
      }
    }
    for (const inner of [element, innerType])
      if (inner !== undefined && depth < 6) collect(inner as z.ZodType, depth + 1)
    for (const inner of Array.isArray(options) ? options : []) collect(inner as z.ZodType, depth + 1)
  }
  for (const { request, response, query } of Object.values(contract)) {
    if (request?.kind === 'json') collect(request.schema)
    if ('schema' in response) collect(response.schema)
    if (query !== undefined) collect(query)
  }

  test('there are many', () => {
    expect(names.size).toBeGreaterThan(80)
  })

  test.each(withJson)('%s refuses each that is not its own', async (name) => {
    const { app, calls } = createTestApp()
    const request = contract[name].request!
    const known = request.kind === 'json' ? Object.keys(request.schema.shape) : []
    const example = JSON.stringify(examples[name].body)
    for (const extra of names) {
      if (known.includes(extra)) continue
      const body = `${example.slice(0, -1)},${JSON.stringify(extra)}:1}`
      const response = await app.fetch(exampleRequest(name, headers, { body }))
      expect(response.status, extra).toBe(400)
      const problem = (await response.json()) as Problem
      if (extra === '__proto__') expect(problem.code).toBe('http.json')
      else expect(problem.errors).toEqual([{ pointer: `/${extra}`, code: 'unknown' }])
    }
    expect(calls).toEqual([])
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  test.each(operationNames)('%s refuses every query name that is not its own', async (name) => {
    const { app, calls, events } = createTestApp()
    const known = Object.keys(contract[name].query?.shape ?? {})
    for (const extra of names) {
      if (known.includes(extra)) continue
      const url = exampleUrl(name)
      const more = `${url.includes('?') ? '&' : '?'}${encodeURIComponent(extra)}=1`
      const response = await app.fetch(exampleRequest(name, headers, { url: url + more }))
      const code = await codeOf(response)
      expect(code, extra).toBe('http.query')
    }
    expect(calls).toEqual([])
    expect(events.count()).toBe(0)
  })
})

describe('[HT15] [T-32] queries', () => {
  const url = exampleUrl('listRequests').split('?')[0]!
  test.each([
    'limit=1&limit=1',
    'limit=1&limit=2',
    'limit[]=1',
    'limit[0]=1',
    'limit.x=1',
    'limit',
    'limit=',
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1e2',
    'limit=0x10',
    'limit=%2b1',
    'limit= 1',
    'limit=+1',
    'limit=01',
    'limit=1.0',
    'limit=NaN',
    'limit=null',
    'limit=true',
    'limit={}',
    'limit=%31%00',
    'limit=%',
    'limit=%zz',
    'limit=%ff',
    'q=%c0%80',
    'q=%ed%a0%80',
    'q=',
    `q=${'x'.repeat(201)}`,
    'direction=up',
    'direction=Incoming',
    'status=a%20b',
    'status=$ne',
    'status[$ne]=x',
    'kind=%27%3b--',
    'cursor=a/b',
    'cursor=',
    `cursor=${'a'.repeat(513)}`,
    '&',
    'limit=1&',
    '&limit=1',
    'limit=1&&q=a',
    '=1',
    '%6cimit=1&limit=1',
    'LIMIT=1',
    'limit%00=1',
    'limit;q=a',
    'limit=1;q=a',
    `x=${'y'.repeat(5000)}`,
    '__proto__=1',
    'constructor=1',
    '?limit=1',
  ])('%#', async (query) => {
    const { app, calls } = createTestApp()
    const response = await app.fetch(exampleRequest('listRequests', headers, { url: `${url}?${query}` }))
    expect(await codeOf(response)).toBe('http.query')
    expect(calls).toEqual([])
  })

  test('a good one arrives as declared', async () => {
    const { app, calls } = createTestApp()
    await app.fetch(exampleRequest('listRequests', headers, { url: `${url}?%6cimit=7&q=a+b%26c` }))
    expect(calls[0]!.call).toMatchObject({ query: { limit: 7, q: 'a b&c' }, params: examples.listRequests.params })
  })
})

describe('[HT16] field problems', () => {
  const send = async (body: unknown) => {
    const { app } = createTestApp()
    const response = await app.fetch(exampleRequest('appendAct', headers, { body: JSON.stringify(body) }))
    return (await response.json()) as Problem
  }
  test.each([
    [
      {},
      [
        { pointer: '/type', code: 'missing' },
        { pointer: '/data', code: 'missing' },
      ],
    ],
    [{ type: 'Nothing', data: {} }, [{ pointer: '/type', code: 'format' }]],
    [{ type: 7, data: {} }, [{ pointer: '/type', code: 'type' }]],
    [{ type: 'a.b', data: { 'x/~y': null } }, [{ pointer: '/data/x~1~0y', code: 'type' }]],
    [{ type: 'a.b', data: {}, exercise: false }, [{ pointer: '/exercise', code: 'value' }]],
    [{ type: 'a.b', data: {}, officials: [] }, [{ pointer: '/officials', code: 'too-small' }]],
    [{ type: 'a.b', data: {}, officials: ['x'] }, [{ pointer: '/officials/0', code: 'format' }]],
    [[], [{ pointer: '', code: 'type' }]],
    [null, [{ pointer: '', code: 'type' }]],
  ])('%j', async (body, errors) => {
    expect(await send(body)).toMatchObject({ code: 'http.invalid', errors })
  })

  test('are few and short, however many and long the mistakes', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${'é'.repeat(600)}${n}`, 1]))
    const problem = await send({ type: 'a.b', data: {}, ...many })
    expect(problem.errors).toHaveLength(20)
    expect(Math.max(...problem.errors!.map(({ pointer }) => pointer.length))).toBeLessThanOrEqual(256)
  })
})

test('[HT17] whatever JSON comes, the answer is a refusal of the contract or the handler’s', async () => {
  const { app } = createTestApp()
  const names: OperationName[] = withJson.filter((name) => name !== 'signIn')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.json({ maxDepth: 6 }), async (name, body) => {
      const response = await app.fetch(exampleRequest(name, headers, { body }))
      expect(response.status).toBeLessThan(500)
      expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json$|octet-stream$/)
    }),
    { numRuns: 300 },
  )
})

test('[HT17] whatever bytes come as a body, the answer is a refusal', async () => {
  const { app, calls } = createTestApp()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), async (bytes) => {
      const body = new Uint8Array(bytes)
      const response = await app.fetch(exampleRequest('appendAct', headers, { body }))
      expect(['http.json', 'http.invalid']).toContain(await codeOf(response))
    }),
    { numRuns: 300 },
  )
  expect(calls).toEqual([])
})
