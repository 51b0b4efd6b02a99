// Files of evidence beside a bundle: a bundle carries the record, a file of evidence is as long as a film and goes on the
// medium as it is, sealed. Says which ones must go along and which ones are still awaited, and takes one in from a medium.

import { copyFile, open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { EvidenceState } from '@parley/mechanism'
import type { Crypto } from '@parley/record'
import { listChannels } from '../db/channels.ts'
import { openDatabaseForReading } from '../db/database.ts'
import type { Reader } from '../db/statement.ts'
import { ServerError } from '../error.ts'
import { dutyOf } from '../evidence/check-files.ts'
import { openEvidenceFolder } from '../evidence/evidence-folder.ts'
import { listItems } from '../evidence/list-items.ts'
import type { Item } from '../evidence/list-items.ts'
import { readSealedFacts } from '../evidence/read-sealed-facts.ts'
import { storing } from '../evidence/storing.ts'
import { databaseUrl, homePaths } from '../home.ts'
import type { Home } from '../home.ts'
import type { ParleyNode } from '../node.ts'

/** A file that travels beside a bundle. */
export interface FileBeside {
  readonly item: string
  /** The party that sealed it. */
  readonly from: string
  /** SHA-256 of the sealed file: its name on a medium is this with `.age`. */
  readonly digest: string
  readonly bytes: number
}

const fileOf = ({ id, state: { bytes, ciphertext, from } }: Item): FileBeside => ({
  item: id,
  from,
  digest: ciphertext,
  bytes,
})

/** Files that are here and that a party was handed and has not received; without one, every file that is here. */
export async function listToCarry(node: ParleyNode, channel: string, recipient?: string): Promise<FileBeside[]> {
  const files: FileBeside[] = []
  for await (const item of listItems(node.database.reader, channel)) {
    if (recipient !== undefined && dutyOf(item.state, recipient) !== 'coming') continue
    if ((await node.evidence.folder.sizeOf(item.state.ciphertext)) !== undefined) files.push(fileOf(item))
  }
  return files
}

/** Files that this party was handed and that have not come. */
export async function listAwaited(
  { database, evidence, registry }: ParleyNode,
  channel: string,
): Promise<FileBeside[]> {
  const files: FileBeside[] = []
  for await (const item of listItems(database.reader, channel)) {
    if (dutyOf(item.state, registry.self) !== 'coming') continue
    if ((await evidence.folder.sizeOf(item.state.ciphertext)) === undefined) files.push(fileOf(item))
  }
  return files
}

/**
 * Takes in a sealed file that was carried by hand: checks all of it against the entry, and lays it where the node, which may
 * be running, finds it, checks it again, keeps it and records its receipt.
 *
 * @throws ServerError `evidence.missing` (no such file), `evidence.unknown` when no item that was handed to this party has
 *   this file, `evidence.damaged` when its name is that of one and its bytes are others, `evidence.storage`; DatabaseError.
 */
export async function takeCarried(
  crypto: Crypto,
  home: Home,
  path: string,
): Promise<FileBeside & { readonly held: boolean }> {
  const facts = await readSealedFacts(crypto, path)
  const database = await openDatabaseForReading(databaseUrl(home))
  const named = /^[0-9a-f]{64}/.exec(basename(path))?.[0]
  try {
    const { party } = home.settings
    const item = await findHandedOver(database.reader, party, ({ ciphertext }) => ciphertext === facts.ciphertext)
    if (item === undefined) {
      const isNamed = named !== undefined && named !== facts.ciphertext
      if (isNamed && (await findHandedOver(database.reader, party, ({ ciphertext }) => ciphertext === named))) {
        throw new ServerError('evidence.damaged', 'the file is not the one that its name says')
      }
      throw new ServerError('evidence.unknown', 'no item that was handed to this party has this file')
    }
    const { bytes, ciphertext, pieces } = item.state
    if (pieces !== facts.pieces || bytes !== facts.bytes) {
      throw new ServerError('evidence.damaged', 'the entry states another length or other pieces of this very file')
    }
    const folder = await openEvidenceFolder(homePaths.evidence(home.folder))
    const held = (await folder.sizeOf(ciphertext)) !== undefined
    if (!held) await lay(path, folder.arrivalPath(ciphertext))
    return { ...fileOf(item), held }
  } finally {
    await database.close()
  }
}

async function findHandedOver(
  reader: Reader,
  self: string,
  isIt: (state: EvidenceState) => boolean,
): Promise<Item | undefined> {
  for (const { channel } of await listChannels(reader)) {
    for await (const item of listItems(reader, channel)) {
      if (isIt(item.state) && dutyOf(item.state, self) !== 'gone') return item
    }
  }
  return undefined
}

/** Whole and synced before it has the name under which the node looks. */
async function lay(path: string, target: string): Promise<void> {
  const beside = `${target}.carried`
  try {
    await storing(async () => {
      await copyFile(path, beside)
      const file = await open(beside, 'r+')
      try {
        await file.chmod(0o600)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, target)
    })
  } finally {
    await rm(beside, { force: true })
  }
}
