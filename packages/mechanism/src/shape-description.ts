// What a shape says about itself: the list of its fields for people, and a JSON Schema (draft 2020-12) for programs.

import { patterns, type Shape, type ShapeNode } from './shape.ts'

/** One field of a shape, its parts flattened: a `/*` in the pointer stands for every item or name. */
export interface Field {
  readonly pointer: string
  readonly required: boolean
  /** For people, without a full stop: `one of requestKind`, `integer from 1 to 5`. */
  readonly what: string
}

/** Lists a shape's fields in its own order, an object before its parts. */
export function listFields(shape: Shape<unknown>): readonly Field[] {
  return [...fieldsOf(shape, '')]
}

function* fieldsOf(node: ShapeNode, pointer: string): Generator<Field> {
  if (node.kind === 'list') yield* fieldsOf(node.item, `${pointer}/*`)
  if (node.kind === 'record') yield* fieldsOf(node.value, `${pointer}/*`)
  if (node.kind !== 'object') return
  for (const [fields, required] of [
    [node.required, true],
    [node.optional, false],
  ] as const) {
    for (const [name, field] of Object.entries(fields)) {
      yield { pointer: `${pointer}/${name}`, required, what: describe(field) }
      yield* fieldsOf(field, `${pointer}/${name}`)
    }
  }
}

function describe(node: ShapeNode): string {
  switch (node.kind) {
    case 'boolean':
      return 'true or false'
    case 'codes':
      return `one of ${node.list}`
    case 'constant':
      return `exactly ${JSON.stringify(node.value)}`
    case 'date':
      return 'date, YYYY-MM-DD'
    case 'digest':
      return 'SHA-256 digest, hexadecimal'
    case 'integer':
      return `integer from ${node.min} to ${node.max}`
    case 'language':
      return 'language tag'
    case 'list':
      return `${node.min} to ${node.max}${node.unique ? ' different' : ''} of: ${describe(node.item)}`
    case 'object':
      return 'object'
    case 'party':
      return 'party id'
    case 'record':
      return `${node.min} to ${node.max} fields, each named by ${describe(node.key)}: ${describe(node.value)}`
    case 'signature':
      return 'Ed25519 signature, base64 of 64 bytes'
    case 'text':
      return `text of at most ${node.lengthMax} characters`
    case 'token':
      return `token of at most ${node.lengthMax} characters`
    case 'zone':
      return 'time zone name'
  }
}

/** A JSON Schema as plain JSON. */
export type JsonSchema = { readonly [name: string]: unknown }

/** The shape as JSON Schema. It says no more than the check does; the check also refuses dates that do not exist. */
export function formatJsonSchema(shape: Shape<unknown>): JsonSchema {
  const node: ShapeNode = shape
  switch (node.kind) {
    case 'boolean':
      return { type: 'boolean' }
    case 'codes':
      return { type: 'string', enum: node.values }
    case 'constant':
      return { const: node.value }
    case 'date':
      return { type: 'string', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }
    case 'digest':
      return { type: 'string', pattern: patterns.digest.source }
    case 'integer':
      return { type: 'integer', minimum: node.min, maximum: node.max }
    case 'language':
      return { type: 'string', pattern: patterns.language.source }
    case 'list':
      return {
        type: 'array',
        items: formatJsonSchema(node.item),
        minItems: node.min,
        maxItems: node.max,
        ...(node.unique ? { uniqueItems: true } : {}),
      }
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          [...Object.entries(node.required), ...Object.entries(node.optional)].map(([name, field]) => [
            name,
            formatJsonSchema(field),
          ]),
        ),
        required: Object.keys(node.required),
        additionalProperties: false,
      }
    case 'party':
      return { type: 'string', pattern: patterns.party.source }
    case 'record':
      return {
        type: 'object',
        propertyNames: formatJsonSchema(node.key),
        additionalProperties: formatJsonSchema(node.value),
        minProperties: node.min,
        maxProperties: node.max,
      }
    case 'signature':
      return { type: 'string', pattern: patterns.signature.source }
    case 'text':
      return { type: 'string', minLength: 1, maxLength: node.lengthMax }
    case 'token':
      return { type: 'string', pattern: patterns.token.source, maxLength: node.lengthMax }
    case 'zone':
      return { type: 'string', pattern: patterns.zone.source }
  }
}
