import { expect, test } from 'vitest'
import { isConcerned } from './events.ts'

const channel = 'a'.repeat(32)
const id = 'b'.repeat(64)
const other = 'c'.repeat(64)

test.each([
  [{ topic: 'peer' }, ['listPeers', {}], true],
  [{ topic: 'peer' }, ['viewNode', {}], false],
  [{ topic: 'request', channel, id }, ['viewRequest', { params: { channel, id } }], true],
  [{ topic: 'request', channel, id }, ['viewRequest', { params: { channel, id: other } }], false],
  [{ topic: 'request', channel, id }, ['listInbox', { channel }], true],
  [{ topic: 'evidence', channel, id }, ['listEvidence', { params: { channel }, query: { request: other } }], true],
  [{ topic: 'evidence', channel, id }, ['viewEvidence', { params: { channel, id: other } }], false],
  [{ topic: 'log', id }, ['listEntries', { params: { log: other } }], false],
  [{ topic: 'log', id }, ['listLogs', {}], true],
  [{ topic: 'standing', id }, ['viewEntry', { params: { log: other, position: 0 } }], true],
  [{ topic: 'node' }, ['viewNode', {}], true],
  [{ topic: 'request' }, ['something-else'], false],
] as const)('event %j against key %j: %s', (event, key, expected) => {
  expect(isConcerned(event, key)).toBe(expected)
})
