import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { componentValue } from './http-message.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'

const request: HttpRequest = {
  method: 'POST',
  targetUri: 'https://node.example:8443/deliver/ab?x=1&y=a+b&y%20=%20c&z=1&z=2&fa%C3%A7ade%22%3A%20=something',
  fields: [
    ['Host', 'node.example:8443'],
    ['Content-Type', '  text/plain\t'],
    ['X-Two', 'one'],
    ['x-two', ' two '],
    ['X-Folded', 'a\r\n  b'],
    ['X-Empty', ''],
    ['X-Accent', 'caf\u00e9'],
    ['X-Break', 'a\nb'],
  ],
}
const response: HttpResponse = { status: 503, fields: [['Retry-After', '5']] }

function valueOf(message: HttpRequest | HttpResponse, value: string, name?: string): string {
  return componentValue(message, { value, parameters: new Map(name === undefined ? [] : [['name', name]]) })
}

test.each([
  ['@method', 'POST'],
  ['@target-uri', request.targetUri],
  ['@authority', 'node.example:8443'],
  ['@scheme', 'https'],
  ['@path', '/deliver/ab'],
  ['@query', '?x=1&y=a+b&y%20=%20c&z=1&z=2&fa%C3%A7ade%22%3A%20=something'],
  ['content-type', 'text/plain'],
  ['x-two', 'one, two'],
  ['x-folded', 'a b'],
  ['x-empty', ''],
])('[HS2] the component %s of a request', (name, value) => {
  expect(valueOf(request, name)).toBe(value)
})

test('[HS2] the status of a response, and its fields', () => {
  expect(valueOf(response, '@status')).toBe('503')
  expect(valueOf(response, 'retry-after')).toBe('5')
})

test('[HS2] a default port is no part of the authority, and an empty path is a slash', () => {
  const plain = { ...request, targetUri: 'https://node.example/' }
  expect(valueOf(plain, '@authority')).toBe('node.example')
  expect(valueOf(plain, '@path')).toBe('/')
  expect(valueOf(plain, '@query')).toBe('?')
})

test.each([
  ['x', '1'],
  ['y', 'a%20b'],
  ['y%20', '%20c'],
  ['fa%C3%A7ade%22%3A%20', 'something'],
])('[HS2] the query parameter %s', (name, value) => {
  expect(valueOf(request, '@query-param', name)).toBe(value)
})

// The example of RFC 9421 section 2.2.8.
test('[HS2] query parameters are decoded and encoded again', () => {
  const targetUri =
    'https://example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something'
  expect(valueOf({ ...request, targetUri }, '@query-param', 'var')).toBe('this%20is%20a%20big%0Amultiline%20value')
  expect(valueOf({ ...request, targetUri }, '@query-param', 'bar')).toBe('with%20plus%20whitespace')
})

test.each([
  ['a field that is not there', request, 'x-none', undefined],
  ['a field in upper case', request, 'Content-Type', undefined],
  ['no name', request, '', undefined],
  ['an unknown derived component', request, '@request-target', undefined],
  ['the parameters themselves', request, '@signature-params', undefined],
  ['the status of a request', request, '@status', undefined],
  ['the method of a response', response, '@method', undefined],
  ['a query parameter without a name', request, '@query-param', undefined],
  ['a query parameter that is not there', request, '@query-param', 'w'],
  ['a query parameter that is there twice', request, '@query-param', 'z'],
  ['a query parameter by its decoded name', request, '@query-param', 'y '],
  ['a parameter where none belongs', request, 'x-two', 'x'],
  ['a value above ASCII', request, 'x-accent', undefined],
  ['a value with a line feed', request, 'x-break', undefined],
] as const)('[HS2] refused: %s', (_case, message, value, name) => {
  expect(refusalOf(() => valueOf(message, value, name))).toBe('http-signature.malformed')
})

test.each([
  'https://NODE.example/',
  'https://node.example',
  'https://node.example:443/',
  'https://node.example/a/../b',
  'https://node.example/ ',
  'https://node.example/#part',
  'https://user@node.example/',
  'https:\\\\node.example\\',
  '/deliver',
  '',
])('[HS2] refused as a target: %j', (targetUri) => {
  expect(refusalOf(() => valueOf({ ...request, targetUri }, '@path'))).toBe('http-signature.malformed')
})
