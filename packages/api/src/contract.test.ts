import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { entities } from './entities.ts'
import { code, digest, integerText, partyId } from './identifiers.ts'
import { pathParameters, type Operation } from './operation.ts'
import { operations } from './operations.ts'
import { problemCodes, problems } from './problem.ts'
import { problemsOf } from './shell-problems.ts'
import { z } from './zod.ts'

const all = Object.entries(operations) as [string, Operation][]

/** Every object schema inside a schema, found by walking its parts. */
function objectsIn(schema: z.ZodType, found = new Set<z.ZodType>()): z.ZodObject[] {
  if (!found.has(schema)) {
    found.add(schema)
    const walk = (part: unknown): void => {
      if (part instanceof z.ZodType) objectsIn(part, found)
      else if (Array.isArray(part)) for (const item of part) walk(item)
      else if (typeof part === 'object' && part !== null) for (const item of Object.values(part)) walk(item)
    }
    walk(schema.def)
  }
  return [...found].filter((one): one is z.ZodObject => one instanceof z.ZodObject)
}

describe.each(all)('%s', (name, operation) => {
  test('[AP1] states a whole policy', () => {
    expect(['public', 'signed-in', 'session', 'roles']).toContain(operation.policy.access)
    expect(['probe', 'sign-in', 'read', 'write', 'heavy', 'stream', 'upload']).toContain(operation.policy.rate)
    expect(typeof operation.policy.keepsSession).toBe('boolean')
  })

  test('[AP2] stands under its own name', () => {
    expect(operation.name).toBe(name)
    expect(name).toMatch(
      /^(sign|view|list|open|append|test|export|import|stream|begin|verify|enrol|add|put|recover|approve|reject|end|remove|create|save|discard|join|submit|revoke|release|assign|watch|mark|override)[A-Z][A-Za-z]*$/,
    )
  })

  test('[AP3] declares the parameters of its path', () => {
    expect(pathParameters(operation.path).sort()).toEqual(Object.keys(operation.params?.shape ?? {}).sort())
    expect(operation.path).toMatch(/^(\/([a-z.-]+|\{[a-z]+\}))+$/)
  })

  test('[AP4] takes closed objects only', () => {
    const body = operation.request?.kind === 'json' ? [operation.request.schema] : []
    const answer = 'schema' in operation.response ? [operation.response.schema] : []
    for (const schema of [operation.params, operation.query, ...body, ...answer]) {
      for (const object of schema === undefined ? [] : objectsIn(schema)) {
        expect(object.def.catchall?._zod.def.type).toBe('never')
      }
    }
  })

  test('[AP14] lists each refusal once, with those of its form', () => {
    const codes = problemsOf(operation)
    expect(new Set(codes).size).toBe(codes.length)
    for (const own of operation.problems) expect(codes).toContain(own)
    expect(codes.includes('http.credentials')).toBe(operation.policy.access !== 'public')
    expect(codes.includes('http.invalid')).toBe(operation.request?.kind === 'json' || operation.headers !== undefined)
    expect(codes).toContain('http.internal')
  })
})

test('[AP2] no two operations share an address', () => {
  const addresses = all.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{[a-z]+\}/g, '{}')}`)
  expect(new Set(addresses).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(25)
})

test('[AP4] entities are closed, all but the maps that pack and mechanism own', () => {
  for (const [name, entity] of Object.entries(entities)) {
    for (const object of objectsIn(entity)) expect(object.def.catchall?._zod.def.type, name).toBe('never')
  }
})

test.each(['', '00', '01', '-1', '+1', '1e3', '1.0', ' 1', '1 ', '0x1', '１', '9'.repeat(17), '201'])(
  '[AP5] the text %j is not a whole number up to 200',
  (text) => {
    expect(integerText(0, 200).safeParse(text).success).toBe(false)
  },
)

test('[AP5] a whole number has one spelling', () => {
  const limit = integerText(0, Number.MAX_SAFE_INTEGER)
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(limit.parse(String(value))).toBe(value)
      expect(z.encode(limit, value)).toBe(String(value))
    }),
  )
  expect(limit.safeParse(7).success).toBe(false)
  expect(limit.safeParse('9007199254740992').success).toBe(false)
})

test('[AP5] text does not pass for a number, nor a number for text', () => {
  const { request } = operations.appendAct
  expect(request.schema.safeParse({ type: 'request.opened', data: { days: '3' } }).success).toBe(true)
  expect(request.schema.safeParse({ type: 'request.opened', data: { days: null } }).success).toBe(false)
  expect(request.schema.safeParse({ type: 'request.opened', data: { days: 1.5 } }).success).toBe(false)
  expect(request.schema.safeParse({ type: 1, data: {} }).success).toBe(false)
  expect(request.schema.safeParse({ type: 'request.opened', data: [], exercise: 'true' }).success).toBe(false)
  expect(request.schema.safeParse({ type: 'request.opened', data: {}, exercise: false }).success).toBe(false)
})

test('[AP6] every code has a status and a title', () => {
  for (const one of problemCodes) {
    expect(code.safeParse(one).success, one).toBe(true)
    expect(problems[one].status).toBeGreaterThanOrEqual(400)
    expect(problems[one].status).toBeLessThan(600)
    expect(problems[one].title.length).toBeGreaterThan(10)
  }
  expect(new Set(problemCodes.map((one) => problems[one].title)).size).toBe(problemCodes.length)
})

test.each([
  [digest, 'ab'.repeat(32), ['', 'AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`, 'zz'.repeat(32)]],
  [partyId, 'us', ['', 'US', '1us', 'a'.repeat(17), 'us.', 'ü', 'us\n']],
  [code, '24-7', ['', '.a', '-a', 'A', 'a_b', 'a b', 'a\n', 'a'.repeat(65)]],
])('[AP5] identifiers are exact: %#', (schema, good, bad) => {
  expect(schema.safeParse(good).success).toBe(true)
  for (const text of bad) expect(schema.safeParse(text).success, JSON.stringify(text)).toBe(false)
})

test('[AP13] a browser is never asked to make code from strings', async () => {
  vi.resetModules()
  vi.stubGlobal('document', {})
  try {
    const { z: inBrowser } = await import('./zod.ts')
    expect(inBrowser.config().jitless).toBe(true)
  } finally {
    vi.unstubAllGlobals()
    z.config({ jitless: false })
  }
})
