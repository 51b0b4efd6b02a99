// Files that a person names: read whole, written without overwriting anything by accident.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'

/** The name that stands for standard input or output. */
export const standardStream = '-'

/** @throws CliError `file.missing` */
export async function readBytes(path: string, { say }: Terminal): Promise<Uint8Array> {
  if (path === standardStream) return readStandardInput()
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new CliError('file.missing', say('error.file-missing', { file: path }), { cause })
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of process.stdin) pieces.push(piece as Uint8Array)
  return new Uint8Array(Buffer.concat(pieces))
}

/** Text without the line feed that editors put at the end. @throws CliError `file.missing`, `usage.text` */
export async function readText(path: string, terminal: Terminal): Promise<string> {
  try {
    const bytes = await readBytes(path, terminal)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n').replace(/\n+$/, '')
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('usage.text', terminal.say('error.file-text', { file: path }), { cause })
  }
}

/** Writes a new file, or to standard output for `-`. @throws CliError `file.exists`, `file.missing` (no such folder) */
export async function writeNew(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
  { say }: Terminal,
): Promise<void> {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
  if (path === standardStream) {
    for (const piece of pieces) await new Promise((resolve) => process.stdout.write(piece, resolve))
    return
  }
  try {
    await writeFile(path, pieces, { flag: 'wx' })
  } catch (cause) {
    const exists = (cause as { code?: unknown }).code === 'EEXIST'
    throw exists
      ? new CliError('file.exists', say('error.file-exists', { file: path }), { cause })
      : new CliError('file.missing', say('error.file-missing', { file: path }), { cause })
  }
}

/** The pack's own file and its texts, by their names. @throws CliError `file.missing` */
export async function readPackFolder(folder: string, { say }: Terminal): Promise<Record<string, string>> {
  try {
    const names = (await readdir(folder)).filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
    const entries = names.sort().map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)
    return Object.fromEntries(await Promise.all(entries))
  } catch (cause) {
    throw new CliError('file.missing', say('error.file-missing', { file: folder }), { cause })
  }
}
