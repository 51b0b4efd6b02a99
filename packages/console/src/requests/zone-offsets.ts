// What the clocks of a time zone show over some years, by the zones that this browser knows: an office states it, so that
// both sides compute its hours alike whatever their own machines know.

export interface Offset {
  /** Unix milliseconds. */
  readonly from: number
  /** Minutes more than UTC. */
  readonly minutes: number
}

const dayMilliseconds = 86_400_000
const minuteMilliseconds = 60_000

/** From the beginning of this year (UTC) on, for so many years; undefined when there is no such zone. */
export function listOffsets(zone: string, now: number, years: number): readonly Offset[] | undefined {
  const clock = openClock(zone)
  if (clock === undefined) return undefined
  const year = new Date(now).getUTCFullYear()
  const end = Date.UTC(year + years, 0, 1)
  const offsets: Offset[] = []
  let at = Date.UTC(year, 0, 1)
  let minutes = clock(at)
  offsets.push({ from: at, minutes })
  for (let next = at + dayMilliseconds; next <= end; at = next, next += dayMilliseconds) {
    const then = clock(next)
    if (then === minutes) continue
    offsets.push({ from: findChange(clock, at, next, then), minutes: then })
    minutes = then
  }
  return offsets
}

/** The first minute of the day between the two at which the clocks show what they show at its end. */
function findChange(clock: (at: number) => number, start: number, end: number, then: number): number {
  let [low, high] = [start, end]
  while (high - low > minuteMilliseconds) {
    const middle = low + Math.floor((high - low) / 2 / minuteMilliseconds) * minuteMilliseconds
    if (clock(middle) === then) high = middle
    else low = middle
  }
  return high
}

/** Minutes that the zone's clocks show more than UTC. */
function openClock(zone: string): ((at: number) => number) | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-u-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  } catch {
    return undefined
  }
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { day, hour, minute, month, year } = parts as Record<'day' | 'hour' | 'minute' | 'month' | 'year', number>
    const shown = Date.UTC(year, month - 1, day, hour, minute)
    return Math.round((shown - Math.floor(at / minuteMilliseconds) * minuteMilliseconds) / minuteMilliseconds)
  }
}
