import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutTimeline } from './timeline-layout.ts'
import type { TimelineAct, TimelineSpec } from './timeline-layout.ts'

const base = { width: 600, mark: 20, gap: 8, inset: 16, tickRoom: 80 } satisfies Omit<TimelineSpec, 'acts'>
const hour = 3_600_000
const start = Date.UTC(2026, 2, 2, 9)

function act(id: string, half: TimelineAct['half'], at: number): TimelineAct {
  return { id, half, at }
}

test('the earliest act stands at the inset and the latest at the other', () => {
  const layout = layoutTimeline({ ...base, acts: [act('a', 'asking', start), act('b', 'asked', start + 6 * hour)] })
  expect(layout.marks.map((mark) => mark.x)).toEqual([16, 584])
})

test('the asking half is above the axis, the asked half below', () => {
  const layout = layoutTimeline({ ...base, acts: [act('a', 'asking', start), act('b', 'asked', start + hour)] })
  expect(layout.marks[0]!.y).toBeLessThan(layout.axis)
  expect(layout.marks[1]!.y).toBeGreaterThan(layout.axis)
})

test('one act alone stands in the middle', () => {
  expect(layoutTimeline({ ...base, acts: [act('a', 'asking', start)] }).marks[0]!.x).toBe(300)
})

test('no acts give an empty axis and finite numbers', () => {
  const layout = layoutTimeline({ ...base, acts: [] })
  expect(layout.marks).toEqual([])
  expect(layout.ticks).toEqual([])
  expect(Number.isFinite(layout.height)).toBe(true)
})

test('an interval is a band as wide as the doubt', () => {
  const layout = layoutTimeline({
    ...base,
    acts: [
      act('a', 'asking', start),
      { ...act('b', 'asked', start + 2 * hour), interval: { notBefore: start + hour, notAfter: start + 3 * hour } },
      act('c', 'asking', start + 4 * hour),
    ],
  })
  expect(layout.marks[1]!.band).toEqual([158, 442])
})

test('an interval open on a side is no wider than what is known', () => {
  const layout = layoutTimeline({
    ...base,
    acts: [
      { ...act('a', 'asking', start), interval: { notBefore: start, notAfter: null } },
      act('b', 'asked', start + hour),
    ],
  })
  expect(layout.marks[0]!.band).toEqual([16, 16])
})

test('labels are never closer than asked and begin at whole steps of the reader’s clock', () => {
  const zoneOffset = 8 * hour
  const layout = layoutTimeline({
    ...base,
    zoneOffset,
    acts: [act('a', 'asking', start), act('b', 'asked', start + 100 * hour)],
  })
  expect(layout.ticks.length).toBeGreaterThan(1)
  for (const [i, tick] of layout.ticks.entries()) {
    expect((tick.at + zoneOffset) % layout.step).toBe(0)
    if (i > 0) expect(tick.x - layout.ticks[i - 1]!.x).toBeGreaterThanOrEqual(base.tickRoom * 0.9)
  }
})

test('marks of one half never cover each other and nothing leaves the drawing', () => {
  const acts = fc.array(
    fc.record({ half: fc.constantFrom('asking', 'asked'), at: fc.integer({ min: 0, max: 400 * hour }) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(acts, fc.integer({ min: 120, max: 1200 }), (list, width) => {
      const layout = layoutTimeline({
        ...base,
        width,
        acts: list.map((item, i) => act(String(i), item.half as 'asking', start + item.at)),
      })
      for (const [i, a] of layout.marks.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0)
        expect(a.x).toBeLessThanOrEqual(width)
        expect(a.y - base.mark / 2).toBeGreaterThanOrEqual(0)
        expect(a.y + base.mark / 2).toBeLessThanOrEqual(layout.height)
        for (const b of layout.marks.slice(i + 1)) {
          if (a.half === b.half) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(base.mark - 1e-6)
        }
      }
    }),
  )
})

test('a target is as wide as the doubt about it', () => {
  const target = { id: 't', half: 'asked', interval: { notBefore: start + hour, notAfter: start + 3 * hour } } as const
  const layout = layoutTimeline({
    ...base,
    acts: [act('a', 'asking', start)],
    targets: [target],
    now: start + 4 * hour,
  })
  expect(layout.targets).toMatchObject([{ id: 't', half: 'asked', from: 158, to: 442, open: undefined }])
})

test('a target that nothing bounds on a side goes to the end of the axis there', () => {
  const at = (notBefore: number | null, notAfter: number | null) => {
    const target = { id: 't', half: 'asked', interval: { notBefore, notAfter } } as const
    const acts = [act('a', 'asking', start)]
    return layoutTimeline({ ...base, acts, targets: [target], now: start + 4 * hour }).targets
  }
  expect(at(start + hour, null)).toMatchObject([{ from: 158, to: 584, open: 'after' }])
  expect(at(null, start + hour)).toMatchObject([{ from: 16, to: 158, open: 'before' }])
  expect(at(null, null)).toEqual([])
})

test('labels of targets never touch in their rows and stay in the drawing', () => {
  const moment = fc.integer({ min: start, max: start + 100 * hour })
  const target = fc.record({
    from: moment,
    length: fc.nat({ max: 20 * hour }),
    labelWidth: fc.integer({ min: 10, max: 200 }),
  })
  fc.assert(
    fc.property(fc.array(target, { maxLength: 8 }), (targets) => {
      const { labelRows, targets: placed } = layoutTimeline({
        ...base,
        acts: [act('a', 'asking', start)],
        targets: targets.map(({ from, labelWidth, length }, i) => {
          return { id: `${i}`, half: 'asked', interval: { notBefore: from, notAfter: from + length }, labelWidth }
        }),
      })
      const extents = placed.map(({ id, label, row }) => {
        return { row, from: label, to: label + targets[Number(id)]!.labelWidth }
      })
      for (const [i, a] of extents.entries()) {
        expect(a.row).toBeLessThan(labelRows)
        expect(a.from).toBeGreaterThanOrEqual(0)
        expect(a.to).toBeLessThanOrEqual(base.width)
        for (const b of extents.slice(i + 1)) {
          expect(a.row !== b.row || a.to < b.from || b.to < a.from).toBe(true)
        }
      }
    }),
  )
})
