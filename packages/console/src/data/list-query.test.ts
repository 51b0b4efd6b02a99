import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromFilter, parseListQuery, toFilter, toInboxQuery } from './list-query.ts'

const query = fc
  .record(
    {
      direction: fc.constantFrom('incoming', 'outgoing'),
      status: fc.constantFrom('acknowledged', 'withdrawn'),
      q: fc.constantFrom('logs', '服务器'),
      assigned: fc.constantFrom('me', 'nobody', 'duty'),
      watched: fc.constant(true),
      unread: fc.constant(true),
      due: fc.integer({ min: 0, max: 8784 }),
    },
    { requiredKeys: [] },
  )
  .map((search) => parseListQuery(search))

test('a kept filter comes back as it was', () => {
  fc.assert(
    fc.property(query, (kept) => {
      expect(fromFilter(toFilter(kept))).toEqual(kept)
    }),
  )
})

test('what an address says otherwise is left out', () => {
  const search = { direction: 'up', status: 'x', q: ' ', assigned: '', watched: 'yes', unread: 1, due: -1, more: 'x' }
  expect(parseListQuery(search)).toEqual({})
  expect(toInboxQuery(parseListQuery({ status: 'withdrawn', unread: true, due: 24 }))).toEqual({
    statuses: 'withdrawn',
    unread: 'true',
    due: 24,
  })
})
