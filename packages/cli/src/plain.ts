// Makes text from elsewhere safe to show on a terminal: an entry may hold anything, and a terminal obeys what it reads.

/* oxlint-disable no-control-regex -- the control characters are what this is about */
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])/g
const controls = /[\0-\x1f\x7f-\x9f]/g
/** Marks that change the direction of what stands around them, or that nobody sees. */
const hidden = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
const escaped = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
/* oxlint-enable no-control-regex */

/** One line of text without terminal sequences, control characters and marks of direction. */
export function plainLine(text: string): string {
  return text
    .replaceAll(sequences, '')
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(controls, '')
    .replaceAll(hidden, '')
}

/** Text of several lines; each is treated as {@link plainLine} does. */
export function plainText(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(plainLine)
    .join('\n')
}

/** JSON on one line in which every character that a terminal could obey is escaped; its meaning is unchanged. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    escaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
