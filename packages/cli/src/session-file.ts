// Where a person's session of the command line is kept: a file that only its owner may read, with the node that it is for. The
// token is in no argument and in no list of processes, and is sent to that node and no other.

import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'

export interface KeptSession {
  readonly origin: string
  readonly token: string
}

/** The file that is named, by the option or by the environment. */
export function namedSessionFile(option: string | undefined): string | undefined {
  const named = option ?? process.env['PARLEY_SESSION']
  return named === undefined || named === '' ? undefined : resolve(named)
}

/** The file of whoever names none. */
export function ownSessionFile(): string {
  return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'parley', 'session.json')
}

/** Undefined when there is none. @throws CliError `usage.session` for one that others may read, or that is none */
export async function readSession(path: string, { say }: Terminal): Promise<KeptSession | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  if (((await stat(path)).mode & 0o077) !== 0) {
    throw new CliError('usage.session', say('error.key-open', { file: path }))
  }
  const kept = parseSession(text)
  if (kept === undefined) throw new CliError('usage.session', say('error.session', { file: path }))
  return kept
}

function parseSession(text: string): KeptSession | undefined {
  try {
    const { origin, token } = JSON.parse(text) as Partial<Record<keyof KeptSession, unknown>>
    return typeof origin === 'string' && typeof token === 'string' ? { origin, token } : undefined
  } catch {
    return undefined
  }
}

/** Puts the session in place of one before it; never readable by others, not even for a moment. */
export async function writeSession(path: string, kept: KeptSession): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const next = `${path}.${process.pid}.new`
  await rm(next, { force: true })
  await writeFile(next, `${JSON.stringify(kept)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(next, path)
}

export async function removeSession(path: string): Promise<void> {
  await rm(path, { force: true })
}
