import { entryTypes } from '@parley/mechanism'
import { expect, test } from 'vitest'
import { controlOf, listFields } from './shape-kinds.ts'
import type { Control } from './shape-kinds.ts'

function controlsOf(type: string): Record<string, string> {
  const shape = entryTypes.find((entry) => entry.type === type)!.shape
  return Object.fromEntries(
    listFields(shape).map(({ control, name, required }) => [name, required ? control.kind : `${control.kind}?`]),
  )
}

test('a request is asked for field by field, what must be first', () => {
  expect(controlsOf('request.opened')).toEqual({
    to: 'party',
    kind: 'one',
    urgency: 'one',
    offences: 'some',
    languages: 'languages',
    handling: 'one',
    urgencyGrounds: 'some?',
    cites: 'commitments?',
    norms: 'some?',
    relation: 'one?',
    earlier: 'token?',
    particulars: 'some?',
    office: 'token?',
    wantedBy: 'moment?',
  })
})

test('an assessment is a group of scales', () => {
  const shape = entryTypes.find(({ type }) => type === 'request.assessed')!.shape
  const [marks] = listFields(shape)
  expect(marks?.control.kind).toBe('group')
  const { fields } = marks!.control as Extract<Control, { kind: 'group' }>
  expect(fields.map(({ control, required }) => `${control.kind} ${required}`)).toEqual([
    'scale true',
    'scale true',
    'scale true',
    'scale false',
    'scale false',
  ])
})

test('a required field of a request always has a control', () => {
  const requests = entryTypes.filter(({ type }) => type.startsWith('request.'))
  expect(requests.length).toBeGreaterThan(10)
  for (const { shape, type } of requests) {
    const required = shape.kind === 'object' ? Object.entries(shape.required) : []
    for (const [name, node] of required) expect(controlOf(name, node).kind, `${type} ${name}`).not.toBe('none')
  }
})

test('an office, the week of its rota and the profile are asked for whole', () => {
  expect(controlsOf('directory.amended')).toMatchObject({ timeZone: 'token', hours: 'rows?', offsets: 'offsets?' })
  expect(controlsOf('directory.rostered')).toEqual({ office: 'token', weekly: 'rows', exceptions: 'rows?' })
  expect(controlsOf('directory.profiled')).toMatchObject({ authorities: 'rows', channels: 'some', reviewBy: 'moment' })
  const rota = entryTypes.find(({ type }) => type === 'directory.rostered')!.shape
  const weekly = listFields(rota).find(({ name }) => name === 'weekly')!.control as Extract<Control, { kind: 'rows' }>
  expect(weekly.fields.map(({ control, name }) => `${name} ${control.kind}`)).toEqual([
    'position one',
    'days weekdays',
    'from minute',
    'until minute',
  ])
})

test('rows that a person cannot fill in whole have no form', () => {
  expect(controlsOf('evidence.sealed')).not.toHaveProperty('recipients')
})
