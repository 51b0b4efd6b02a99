// A calendar of deadlines after RFC 5545: escaped, folded, lines ended by CRLF. Pure. It takes codes and moments and no text
// that anybody wrote, and has neither alarms nor attachments.

export interface Deadline {
  /** The same for one deadline in every version of the calendar. */
  readonly uid: string
  /** Grows with every change. */
  readonly sequence: number
  /** Unix milliseconds. */
  readonly at: number
  /** When it last changed. */
  readonly changed: number
  /** One line for the calendar; no text of a request. */
  readonly summary: string
  /** Nothing is due any more. */
  readonly cancelled: boolean
}

const lineBytesMax = 75
const encoder = new TextEncoder()

/** The whole calendar. `name` is shown by calendar programs. */
export function formatCalendar(name: string, deadlines: readonly Deadline[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Parley//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    ...deadlines.flatMap(formatDeadline),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

function formatDeadline({ at, cancelled, changed, sequence, summary, uid }: Deadline): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${formatMoment(changed)}`,
    `LAST-MODIFIED:${formatMoment(changed)}`,
    `DTSTART:${formatMoment(at)}`,
    `DTEND:${formatMoment(at)}`,
    `SUMMARY:${escapeText(summary)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:CONFIDENTIAL',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** UTC, whole seconds: `20261128T043000Z`. */
function formatMoment(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

/** Text as a value (RFC 5545 section 3.3.11). Controls other than line breaks say nothing and are left out. */
export function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, '')
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n')
}

/** A line in pieces of at most 75 bytes, none of which ends within a character (section 3.1). */
export function foldLine(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const more = encoder.encode(character).length
    if (bytes + more > lineBytesMax) {
      pieces.push(piece)
      piece = ' '
      bytes = 1
    }
    piece += character
    bytes += more
  }
  return [...pieces, piece].join('\r\n')
}
