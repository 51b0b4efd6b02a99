// The contract as an OpenAPI 3.1 document. The document is a rendering: where the two could differ, the contract rules.

import { entities } from './entities.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { problemMediaType, problems, type ProblemCode } from './problem.ts'
import { problemsOf } from './shell-problems.ts'
import { z } from './zod.ts'

const componentsPath = '#/components/schemas/'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined }
type JsonObject = { [name: string]: Json | undefined }

const registry = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(entities)) registry.add(schema, { id })

/** Builds the document from the operations. Equal contracts give equal documents, to the byte once formatted. */
export function openapiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const operation of Object.values(operations) as Operation[]) {
    const path = (paths[operation.path] ??= {})
    path[operation.method.toLowerCase()] = operationObject(operation)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Parley',
      version: '0.1.0',
      summary: 'The interface of one party’s node',
      description:
        'Every refusal is a problem document of RFC 9457 with a stable code. A call carries an operator’s token, or the session cookie; with the cookie, a call that is not a GET also carries the node’s own Origin and the header `parley-request: 1`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'parley',
          description: 'The name also carries a prefix over TLS and the port where it is not the usual one.',
        },
      },
    },
  }
}

/** The document as the text that is checked in and served. */
export function formatOpenapi(): string {
  return `${JSON.stringify(openapiDocument(), null, 2)}\n`
}

function componentSchemas(): JsonObject {
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => componentsPath + id })
  const named = Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema as JsonObject)])
  return Object.fromEntries(named) as JsonObject
}

function operationObject(operation: Operation): JsonObject {
  return {
    operationId: operation.name,
    summary: operation.summary,
    description: operation.description,
    security: securityOf(operation),
    'x-parley-policy': { ...operation.policy } as JsonObject,
    parameters: [...parametersOf(operation, 'path'), ...parametersOf(operation, 'query')],
    requestBody: requestBodyOf(operation),
    responses: { ...answersOf(operation), ...refusalsOf(operation) },
  }
}

function securityOf(operation: Operation): Json[] {
  switch (operation.policy.access) {
    case 'public':
      return []
    case 'session':
      return [{ session: [] }]
    case 'signed-in':
      return [{ token: [] }, { session: [] }]
    case 'roles':
      // A token is a program's: where its role is not named it opens nothing.
      if (!operation.policy.roles.includes('operator')) return [{ session: [] }]
      return [{ token: [] }, { session: [] }]
  }
}

function parametersOf(operation: Operation, place: 'path' | 'query'): Json[] {
  const schema = place === 'path' ? operation.params : operation.query
  return Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: inlineSchema(value as z.ZodType),
  }))
}

function requestBodyOf(operation: Operation): JsonObject | undefined {
  switch (operation.request?.kind) {
    case 'json':
      return { required: true, content: { 'application/json': { schema: inlineSchema(operation.request.schema) } } }
    case 'bytes':
      return {
        required: true,
        description: `At most ${operation.request.bytesMax} bytes.`,
        content: { 'application/octet-stream': {} },
      }
    case undefined:
      return undefined
  }
}

function answersOf(operation: Operation): JsonObject {
  const { response } = operation
  switch (response.kind) {
    case 'json': {
      const content = { 'application/json': { schema: inlineSchema(response.schema) } }
      return { [response.status]: { description: response.status === 201 ? 'Recorded' : 'As asked', content } }
    }
    case 'text':
      return { 200: { description: 'As asked', content: { [response.media.split(';')[0]!]: {} } } }
    case 'bytes':
      return { 200: { description: 'As asked', content: { 'application/octet-stream': {} } } }
    case 'events': {
      const description = 'A stream; the data of each event is JSON of the schema'
      return { 200: { description, content: { 'text/event-stream': { schema: inlineSchema(response.schema) } } } }
    }
    case 'none':
      return { 204: { description: 'Done' } }
  }
}

function refusalsOf(operation: Operation): JsonObject {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(operation)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const answers = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('. '),
      content: { [problemMediaType]: { schema: { $ref: `${componentsPath}Problem` } } },
      'x-parley-codes': codes,
    },
  ])
  return Object.fromEntries(answers) as JsonObject
}

/** A schema as it stands in an operation: entities by reference, everything else in place. */
function inlineSchema(schema: z.ZodType): JsonObject {
  const whole = z.toJSONSchema(schema, { metadata: registry, io: 'output' }) as JsonObject
  const entity = registry.get(schema)?.id
  if (entity !== undefined) return { $ref: componentsPath + entity }
  return withoutIdentity(redirected(whole) as JsonObject)
}

/** The schema library gathers entities under `$defs`; the document has them once, among its components. */
function redirected(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => redirected(item)!)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', componentsPath) : redirected(inner),
  ])
  return Object.fromEntries(entries) as JsonObject
}

function withoutIdentity({ $schema: _schema, $id: _id, $defs: _defs, id: _name, ...rest }: JsonObject): JsonObject {
  return rest
}
