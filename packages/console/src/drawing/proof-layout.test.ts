import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutPath } from './proof-layout.ts'

test.each([
  [0, 1, []],
  [0, 2, ['right 1-2']],
  [1, 2, ['left 0-1']],
  [2, 3, ['left 0-2']],
  [0, 7, ['right 1-2', 'right 2-4', 'right 4-7']],
  [3, 7, ['left 2-3', 'left 0-2', 'right 4-7']],
  [6, 7, ['left 4-6', 'left 0-4']],
])('leaf %i of %i goes up by %j', (index, size, path) => {
  expect(layoutPath(index, size).map((step) => `${step.side} ${step.neighbour.start}-${step.neighbour.end}`)).toEqual(
    path,
  )
})

test('every step joins two neighbours and the last parent is the whole tree', () => {
  const size = fc.integer({ min: 1, max: 2 ** 48 })
  fc.assert(
    fc.property(
      size.chain((count) => fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.constant(count))),
      ([index, count]) => {
        let node = { start: index, end: index + 1 }
        for (const step of layoutPath(index, count)) {
          if (step.side === 'left') expect(step.neighbour.end).toBe(node.start)
          else expect(step.neighbour.start).toBe(node.end)
          node = { start: Math.min(node.start, step.neighbour.start), end: Math.max(node.end, step.neighbour.end) }
          expect(step.parent).toEqual(node)
        }
        expect(node).toEqual({ start: 0, end: count })
        expect(layoutPath(index, count).length).toBeLessThanOrEqual(48)
      },
    ),
  )
})
