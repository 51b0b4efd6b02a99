// The options of a command that records an act, made from the shape of its type: each coded field is an option, and the
// closed lists of the mechanism are its choices. So a field that is added there is an option here.

import { codeLists, receiptField, wordOf } from '@parley/mechanism'
import type { Shape } from '@parley/mechanism'
import type { DataObject, DataValue } from '@parley/api'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

type Node = Shape<unknown>
type ObjectNode = Extract<Node, { kind: 'object' }>

/** `urgencyGrounds` is `--urgency-grounds`. */
function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** As the library names the value of that option. */
function keyOf(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function isMoment(node: Node): boolean {
  return node.kind === 'integer' && node.max > 1_000_000_000_000
}

/** Adds an option for each field. `defaulted` are those that the command can fill in by itself. */
export function addActOptions(
  command: Command,
  shape: Node,
  terminal: Terminal,
  defaulted: ReadonlySet<string> = new Set(),
): void {
  if (shape.kind !== 'object') return
  for (const { name, node, required } of fieldsOf(shape)) {
    if (node.kind === 'object') {
      addActOptions(command, node, terminal)
      continue
    }
    const option = command.createOption(`${flagOf(name)} ${describeValue(node)}`, describeField(name, node, terminal))
    option.argParser((value: string, before: unknown) => parseOption(node, value, before, terminal))
    if (required && !defaulted.has(name)) option.makeOptionMandatory()
    command.addOption(option)
  }
}

function fieldsOf(shape: ObjectNode): { name: string; node: Node; required: boolean }[] {
  const list = (fields: Readonly<Record<string, Node>>, required: boolean) =>
    Object.entries(fields)
      // The node itself puts in a receipt.
      .filter(([name]) => name !== receiptField)
      .map(([name, node]) => ({ name, node, required }))
  return [...list(shape.required, true), ...list(shape.optional, false)]
}

const placeholders: Readonly<Partial<Record<Node['kind'], string>>> = {
  codes: '<code>',
  digest: '<digest>',
  object: '<json>',
  language: '<tag>',
  party: '<party>',
}

function describeValue(node: Node): string {
  if (node.kind === 'list') return describeValue(node.item).replace('>', '...>')
  if (node.kind === 'integer') return isMoment(node) ? '<time>' : '<number>'
  return placeholders[node.kind] ?? '<word>'
}

function describeField(name: string, node: Node, { language, say }: Terminal): string {
  const word = wordOf(language, `field.${name}`)
  const inner = node.kind === 'list' ? node.item : node
  if (inner.kind === 'codes') return `${word}: ${codeLists[inner.list].join(' | ')}`
  if (isMoment(inner)) return `${word}: ${say('value.time')}`
  if (inner.kind === 'integer') return `${word}: ${inner.min}–${inner.max}`
  return word
}

function parseOption(node: Node, value: string, before: unknown, terminal: Terminal): DataValue {
  if (node.kind !== 'list') return parseValue(node, value, terminal)
  // What has fields of its own comes as JSON, one object or a list of them.
  const items =
    node.item.kind === 'object'
      ? parseObjects(value, terminal)
      : value.split(',').map((item) => parseValue(node.item, item.trim(), terminal))
  return [...((before as DataValue[] | undefined) ?? []), ...items]
}

function parseValue(node: Node, value: string, { say }: Terminal): DataValue {
  if (node.kind === 'codes') {
    if (node.values.includes(value)) return value
    throw new InvalidArgumentError(say('error.choice', { value, choices: node.values.join(', ') }))
  }
  if (node.kind !== 'integer') return value
  const number = isMoment(node) ? parseMoment(value) : Number(value)
  if (Number.isSafeInteger(number) && number >= node.min && number <= node.max) return number
  throw new InvalidArgumentError(say(isMoment(node) ? 'error.time' : 'error.number', { value }))
}

/** The node checks their shape and says where it is wrong. */
function parseObjects(value: string, { say }: Terminal): DataValue[] {
  try {
    const parsed = JSON.parse(value) as DataValue
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch {
    throw new InvalidArgumentError(say('error.json', { value }))
  }
}

/** A date or time with its zone, or milliseconds since 1970. A time without a zone would mean the zone of this machine. */
function parseMoment(value: string): number {
  if (/^[0-9]{13,15}$/.test(value)) return Number(value)
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*(?:Z|[+-][0-9]{2}:[0-9]{2}))?$/.test(value)) return Number.NaN
  return Date.parse(value)
}

/** The data of the act, from what the options were given. */
export function readActData(shape: Node, options: Readonly<Record<string, unknown>>): DataObject {
  if (shape.kind !== 'object') return {}
  const data: DataObject = {}
  for (const { name, node } of fieldsOf(shape)) {
    if (node.kind === 'object') {
      data[name] = readActData(node, options)
      continue
    }
    const value = options[keyOf(name)]
    if (value !== undefined) data[name] = value as DataValue
  }
  return data
}
