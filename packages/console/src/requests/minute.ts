// A minute of the day as the browser's field for times writes it.

const dayMinutes = 1440

/** `HH:MM`; the end of the day is written as midnight. */
export function formatMinute(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const shown = minute % dayMinutes
  return `${two(Math.floor(shown / 60))}:${two(shown % 60)}`
}

/** Undefined for what is no time. Midnight is 0, or, at the end of a span, the end of the day. */
export function parseMinute(text: string, isEnd: boolean): number | undefined {
  const found = /^([01][0-9]|2[0-3]):([0-5][0-9])/.exec(text)
  if (found === null) return undefined
  const minute = Number(found[1]) * 60 + Number(found[2])
  return isEnd && minute === 0 ? dayMinutes : minute
}
