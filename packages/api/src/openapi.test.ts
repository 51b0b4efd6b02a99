import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatOpenapi, openapiDocument } from './openapi.ts'
import { pathParameters, type Operation } from './operation.ts'
import { operations } from './operations.ts'

interface Parameter {
  name: string
  in: string
  required: boolean
  schema: unknown
}
interface OperationObject {
  operationId: string
  summary: string
  security: object[]
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema?: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema?: unknown }> }>
}

const document = JSON.parse(formatOpenapi()) as {
  openapi: string
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
const served = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Every object inside a value, with the path that leads to it. */
function* nodes(value: unknown, path = ''): Generator<{ path: string; node: Record<string, unknown> }> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { path, node: value as Record<string, unknown> }
  for (const [name, inner] of Object.entries(value)) yield* nodes(inner, `${path}/${name}`)
}

test('[AP7] the document that is checked in is not stale (node packages/api/src/write-openapi.ts)', () => {
  const checkedIn = readFileSync(new URL('../../../openapi/parley.json', import.meta.url), 'utf8')
  expect(checkedIn === formatOpenapi()).toBe(true)
})

test('[AP7] making it twice gives the same', () => {
  expect(openapiDocument()).toEqual(openapiDocument())
})

test('[AP8] every reference resolves, and every component is referred to', () => {
  const referred = new Set<string>()
  for (const { path, node } of nodes(document)) {
    if (node['$ref'] === undefined) continue
    const target = /^#\/components\/schemas\/([A-Za-z]+)$/.exec(node['$ref'] as string)?.[1]
    expect(target, path).toBeDefined()
    expect(Object.hasOwn(document.components.schemas, target!), `${path} → ${target}`).toBe(true)
    referred.add(target!)
  }
  expect(Object.keys(document.components.schemas).filter((name) => !referred.has(name))).toEqual([])
  expect(referred.size).toBeGreaterThan(30)
})

test('[AP8] nothing of the schema library is left over', () => {
  for (const { path, node } of nodes(document)) {
    for (const name of ['$schema', '$id', '$defs']) expect(Object.hasOwn(node, name), `${path}/${name}`).toBe(false)
  }
  expect(formatOpenapi()).not.toContain('__schema')
})

test('[AP8] every operation of the contract is there once, with its parameters', () => {
  expect(served.map(({ operation }) => operation.operationId).sort()).toEqual(Object.keys(operations).sort())
  for (const { path, method, operation } of served) {
    const contract = (operations as unknown as Record<string, Operation>)[operation.operationId]!
    expect(contract.path).toBe(path)
    expect(contract.method.toLowerCase()).toBe(method)
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name).sort()).toEqual(pathParameters(path).sort())
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect(operation.parameters.every(({ schema }) => typeof schema === 'object')).toBe(true)
    expect(operation.summary.length).toBeGreaterThan(5)
    for (const scheme of operation.security.flatMap((one) => Object.keys(one))) {
      expect(document.components.securitySchemes).toHaveProperty(scheme)
    }
  }
})

test('[AP8] every answer is described, and every refusal is a problem document', () => {
  for (const { operation } of served) {
    const statuses = Object.keys(operation.responses)
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1)
    for (const [status, response] of Object.entries(operation.responses)) {
      expect(response.description).not.toBe('')
      if (status.startsWith('2')) continue
      expect(response.content?.['application/problem+json']?.schema).toEqual({ $ref: '#/components/schemas/Problem' })
    }
  }
})

test('[AP8] objects with named members are closed', () => {
  let closed = 0
  for (const { path, node } of nodes(document.components.schemas)) {
    if (node['type'] !== 'object' || node['properties'] === undefined || path.endsWith('/properties')) continue
    expect(node['additionalProperties'], path).toBe(false)
    closed += 1
  }
  expect(closed).toBeGreaterThan(40)
})

test('[AP8] whole numbers in queries and paths are numbers in the document', () => {
  const numbers = served.flatMap(({ operation }) => operation.parameters.filter(({ name }) => name === 'limit'))
  expect(numbers.length).toBeGreaterThan(2)
  for (const { schema } of numbers) expect(schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 })
})
