// Makes a new node: its home, its keys, its database, and the founding entry as the first of its governance log.

import { openCard } from '@parley/record'
import { openDatabase } from '../db/database.ts'
import { putPeer } from '../db/peers.ts'
import { createHome, databaseUrl, homePaths } from '../home.ts'
import { createKeyring } from '../keys/keyring.ts'
import { openLogShelf } from '../log/log-shelf.ts'
import { createRegistry } from '../log/registry.ts'
import { openNode } from '../node.ts'
import type { NodeOptions } from '../node.ts'
import { composeFounding } from './founding.ts'
import { appendGovernance } from './govern.ts'

/**
 * Makes the node in a folder of its own and returns its card: the bytes of the founding entry, to be handed to the others.
 *
 * @throws ServerError `home.exists`, `home.malformed`, DatabaseError `db.*`.
 */
export async function foundNode(folder: string, settings: unknown, options: NodeOptions): Promise<Uint8Array> {
  const { clock, crypto } = options
  const home = await createHome(folder, settings)
  const now = clock()
  const keyring = await createKeyring(homePaths.keys(home.folder), home.settings.prefix, new Date(now))
  const card = await composeFounding(crypto, home.settings, keyring, now)
  const opened = await openCard(crypto, card)

  const database = await openDatabase(databaseUrl(home))
  const registry = createRegistry(crypto, home.settings.party)
  registry.addParty(opened.governance)
  const shelf = await openLogShelf(crypto, database.reader, () => undefined)
  await database.writer.commit([
    putPeer({ party: opened.party, card, address: opened.address, transport: opened.keys.transport }),
    ...registry.logs().flatMap((log) => shelf.add(log).statements),
  ])
  await database.close()

  // A log without members is open at once: nobody can hold anything of it yet.
  const node = await openNode(home, options)
  try {
    await appendGovernance(node, card)
  } finally {
    await node.close()
  }
  return card
}
