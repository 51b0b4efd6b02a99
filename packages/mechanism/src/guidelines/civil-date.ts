// Dates of the Gregorian calendar as counts of days, by integers alone: no zone, no locale and no clock of the machine.

/** Days from 1970-01-01 to a date. Month and day count from 1. */
export function daysOfDate(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is the last of its year.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The year that a count of days from 1970-01-01 falls in. */
export function yearOfDays(days: number): number {
  let year = 1970 + Math.floor(days / 366)
  while (daysOfDate(year + 1, 1, 1) <= days) year++
  while (daysOfDate(year, 1, 1) > days) year--
  return year
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOfDays(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1
}

/** Days from 1970-01-01 to a date spelled `YYYY-MM-DD`. */
export function parseDays(date: string): number {
  return daysOfDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)))
}
