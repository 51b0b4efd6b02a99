// What the command line reads and writes in a node's folder besides what the server does.

import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the running node's console and API are, one line. */
export const addressFile = 'node.address'
/** The operator's token, which the node writes at its first start. */
export const tokenFile = 'operator.token'
/** The party's card, as `init` made it. */
export const cardFile = 'card.json'
/** The structured log of `start`. */
export const logFile = 'node.log'

export async function readLineOf(home: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(home, name), 'utf8').catch(() => undefined)
  const line = text?.trim()
  return line === '' ? undefined : line
}

export async function writeAddress(home: string, origin: string): Promise<void> {
  await writeFile(join(home, addressFile), `${origin}\n`, { mode: 0o600 })
}

export async function removeAddress(home: string): Promise<void> {
  await rm(join(home, addressFile), { force: true })
}
