// Where the marks of a request's timeline stand: both halves on one axis of time, the asking half above it and the asked
// half below, acts that would cover each other moved away from the axis. Numbers in, numbers out; nothing is drawn here.

/** A moment as evidence bounds it, in milliseconds since the epoch; null where nothing bounds that side. */
export interface Interval {
  readonly notBefore: number | null
  readonly notAfter: number | null
}

export type Half = 'asking' | 'asked'

export interface TimelineAct {
  readonly id: string
  readonly half: Half
  /** The author's claim of the time. */
  readonly at: number
  readonly interval?: Interval | undefined
}

export interface TimelineTarget {
  readonly id: string
  readonly half: Half
  readonly interval: Interval
  /** The room that its label takes; without one it has no label. */
  readonly labelWidth?: number
}

export interface TimelineSpec {
  readonly acts: readonly TimelineAct[]
  readonly targets?: readonly TimelineTarget[]
  /** Shown when the request is still open. */
  readonly now?: number | undefined
  readonly width: number
  /** The diameter of a mark. */
  readonly mark: number
  /** The room between two marks, and between the axis and the first. */
  readonly gap: number
  readonly inset: number
  /** The least room between two labels of the axis; 0 for an axis without labels. */
  readonly tickRoom: number
  /** What the reader's clock is ahead of UTC, so that days begin at the reader's midnight. */
  readonly zoneOffset?: number
}

export interface PlacedMark {
  readonly id: string
  readonly half: Half
  readonly x: number
  readonly y: number
  /** From and to on the axis: as wide as the doubt about the time. */
  readonly band: readonly [number, number] | undefined
}

export interface PlacedTarget {
  readonly id: string
  readonly half: Half
  readonly from: number
  readonly to: number
  /** On which side nothing bounds it: it is drawn from the end of the axis on that side, or to it. */
  readonly open: 'before' | 'after' | undefined
  /** Where its label begins, and in which row above the drawing: no two labels of a row touch. */
  readonly label: number
  readonly row: number
}

export interface TimelineLayout {
  readonly width: number
  readonly height: number
  readonly axis: number
  readonly marks: readonly PlacedMark[]
  readonly targets: readonly PlacedTarget[]
  /** How many rows of labels there are. */
  readonly labelRows: number
  readonly ticks: readonly { readonly x: number; readonly at: number }[]
  /** The step between two ticks: the labels need no more precision than this. */
  readonly step: number
  readonly now: number | undefined
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
  91 * day,
  182 * day,
  364 * day,
]

function ends(interval: Interval | undefined): number[] {
  return [interval?.notBefore, interval?.notAfter].filter((end) => end !== null && end !== undefined)
}

/** Lays out the timeline. Acts keep their order in the result; an empty list gives an empty axis. */
export function layoutTimeline(spec: TimelineSpec): TimelineLayout {
  const targets = spec.targets ?? []
  const moments = [
    ...spec.acts.flatMap((act) => [act.at, ...ends(act.interval)]),
    ...targets.flatMap((target) => ends(target.interval)),
    ...(spec.now === undefined ? [] : [spec.now]),
  ]
  const start = moments.reduce((a, b) => Math.min(a, b), Infinity)
  const end = moments.reduce((a, b) => Math.max(a, b), -Infinity)
  const room = Math.max(1, spec.width - 2 * spec.inset)
  const span = end - start
  const place = (at: number) => (span > 0 ? spec.inset + (room * (at - start)) / span : spec.width / 2)

  const levels: Record<Half, number[]> = { asking: [], asked: [] }
  const leveled = new Map<string, number>()
  for (const act of [...spec.acts].sort((a, b) => a.at - b.at)) {
    const x = place(act.at)
    const ladder = levels[act.half]
    const free = ladder.findIndex((last) => last + spec.mark + spec.gap / 2 <= x)
    const level = free === -1 ? ladder.length : free
    ladder[level] = x
    leveled.set(act.id, level)
  }

  const pitch = spec.mark + spec.gap / 2
  const depth = (half: Half) => spec.gap + Math.max(1, levels[half].length) * pitch
  const axis = depth('asking')
  const labels = spec.tickRoom > 0 && spec.acts.length > 0
  return {
    width: spec.width,
    height: axis + depth('asked'),
    axis,
    marks: spec.acts.map((act) => {
      const away = spec.gap + spec.mark / 2 + (leveled.get(act.id) ?? 0) * pitch
      return {
        id: act.id,
        half: act.half,
        x: place(act.at),
        y: act.half === 'asking' ? axis - away : axis + away,
        band: band(act.interval, place),
      }
    }),
    ...layoutTargets(targets, spec, place),
    ...(labels ? tick(start, end, place, room, spec) : { ticks: [], step: 0 }),
    now: spec.now === undefined ? undefined : place(spec.now),
  }
}

const labelGap = 5
const labelsApart = 12

/** The targets, the earliest first, each label in the first row that has room beside its band. */
function layoutTargets(
  targets: readonly TimelineTarget[],
  { inset, width }: TimelineSpec,
  place: (at: number) => number,
): Pick<TimelineLayout, 'targets' | 'labelRows'> {
  const bands = targets.flatMap(({ half, id, interval: { notAfter, notBefore }, labelWidth }) => {
    if (notBefore === null && notAfter === null) return []
    const from = notBefore === null ? inset : place(notBefore)
    const to = Math.max(from, notAfter === null ? width - inset : place(notAfter))
    const open = notBefore === null ? ('before' as const) : notAfter === null ? ('after' as const) : undefined
    return [{ id, half, from, to, open, labelWidth }]
  })
  const rows: (readonly [number, number])[][] = []
  const placed = bands
    .sort((a, b) => a.from - b.from)
    .map(({ labelWidth, ...band }): PlacedTarget => {
      if (labelWidth === undefined) return { ...band, label: band.from, row: 0 }
      const right = band.to + labelGap
      const left = band.from - labelGap - labelWidth
      const label = right + labelWidth <= width ? right : Math.max(0, left)
      const isFree = (row: (readonly [number, number])[]) =>
        row.every(([begin, end]) => end + labelsApart <= label || label + labelWidth + labelsApart <= begin)
      const free = rows.findIndex(isFree)
      const row = free === -1 ? rows.length : free
      rows[row] = [...(rows[row] ?? []), [label, label + labelWidth]]
      return { ...band, label, row }
    })
  return { targets: placed, labelRows: rows.length }
}

/** The band of an act; one that is open on a side has no width there: the doubt is said in words instead. */
function band(interval: Interval | undefined, place: (at: number) => number): readonly [number, number] | undefined {
  const bounds = ends(interval).map(place)
  const from = bounds[0]
  if (from === undefined) return undefined
  return [from, Math.max(from, bounds[1] ?? from)]
}

function tick(start: number, end: number, place: (at: number) => number, room: number, spec: TimelineSpec) {
  const span = end - start
  const countMax = Math.max(1, Math.floor(room / spec.tickRoom))
  const step =
    steps.find((candidate) => span / candidate <= countMax) ??
    steps.at(-1)! * Math.ceil(span / steps.at(-1)! / countMax)
  const offset = spec.zoneOffset ?? 0
  const ticks: { x: number; at: number }[] = []
  for (let at = Math.ceil((start + offset) / step) * step - offset; at <= end; at += step)
    ticks.push({ x: place(at), at })
  // An axis without a single label says nothing.
  if (ticks.length === 0) ticks.push({ x: place(start), at: start })
  return { ticks, step }
}
