// When a minute of the local day comes next, in any time zone of the IANA database. Pure.

const dayMinutes = 1440
const minuteMilliseconds = 60_000

export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * The first moment after `now` at which it is that minute of the day there (Unix milliseconds). On a day that has no such
 * minute it is the first one that comes after the gap.
 */
export function nextLocalMinute(now: number, timeZone: string, minute: number): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const minuteOf = (at: number): number => {
    const [hours = '0', minutes = '0'] = format.format(at).split(':')
    return Number(hours) * 60 + Number(minutes)
  }
  let at = Math.floor(now / minuteMilliseconds) * minuteMilliseconds + minuteMilliseconds
  const wait = (minute - minuteOf(at) + dayMinutes) % dayMinutes
  at += wait * minuteMilliseconds
  // A change of the clocks on the way puts it off by its own length, at the most by a few hours.
  const off = ((minuteOf(at) - minute + dayMinutes + dayMinutes / 2) % dayMinutes) - dayMinutes / 2
  const mended = at - off * minuteMilliseconds
  return mended > now && minuteOf(mended) === minute ? mended : at
}
