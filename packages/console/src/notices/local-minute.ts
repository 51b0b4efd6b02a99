// A minute of the day as hours and minutes, and back.

export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Undefined unless it is a time of a day, such as 08:00. */
export function parseMinute(text: string): number | undefined {
  const found = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(text.trim())
  return found === null ? undefined : Number(found[1]) * 60 + Number(found[2])
}
