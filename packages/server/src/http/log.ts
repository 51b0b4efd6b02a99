// Structured logs without content: what was done by which operation, never with what. Names and addresses appear as
// digests under a key that lives as long as the process.

import { createHmac } from 'node:crypto'
import { pino } from 'pino'
import { z } from 'zod'
import { HttpError } from './error.ts'

/** What the shell needs of a logger; pino's is one. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * Makes a log that writes one line of JSON an event.
 *
 * @param write takes a line with its line feed
 */
export function createLog(write: (line: string) => void, level: 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return pino(options, { write: (line: string) => write(escapeControls(line)) })
}

/** JSON leaves C1 controls, line separators and direction marks as they are; a terminal or a log viewer may obey them. */
function escapeControls(line: string): string {
  return line.replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Tells names and addresses apart in the log without telling them. */
export type Pseudonym = (text: string) => string

/** Pseudonyms kept at once: a client that calls all day is not computed anew each time. */
const pseudonymsMax = 1_024

export function createPseudonym(random: (bytes: number) => Uint8Array): Pseudonym {
  const key = random(32)
  const known = new Map<string, string>()
  return (text) => {
    let pseudonym = known.get(text)
    if (pseudonym === undefined) {
      pseudonym = createHmac('sha256', key).update(text, 'utf8').digest('hex').slice(0, 12)
      if (known.size >= pseudonymsMax) known.delete(known.keys().next().value!)
      known.set(text, pseudonym)
    }
    return pseudonym
  }
}

/** An error for the log: its kind, its code and where it arose. Its message may hold content and stays out. */
export function errorFields(error: unknown): object {
  const cause = error instanceof HttpError && error.cause !== undefined ? error.cause : error
  if (!(cause instanceof Error)) return { error: typeof cause }
  const code = 'code' in cause && typeof cause.code === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(cause.code)
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return {
    error: cause.name,
    ...(cause instanceof z.ZodError ? { fields: fieldsOf(cause) } : {}),
    ...(code ? { code: (cause as Error & { code: string }).code } : {}),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  }
}

/** Where our own answer left the contract: names of fields, never what they held. */
function fieldsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 8).map((issue) => `/${issue.path.join('/')} ${issue.code}`)
}
