// Makes the parties' nodes at the first start: each with keys of its own, a channel between them, and the pack at hand.
// Each party's card goes to the others as a file would; no private key leaves its home.

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pack } from '@parley/mechanism'
import { formatGenesis, openCard, parseGenesis } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { foundNode, joinChannel, openHome, openNode } from '@parley/server'
import type { NodeOptions } from '@parley/server'
import { findFreePort } from './free-port.ts'

const options: NodeOptions = {
  crypto: nodeCrypto,
  clock: Date.now,
  fatal(error) {
    throw error
  },
  alarm: () => undefined,
}

/** Returns the channel; whatever is there from an earlier start stays as it is. */
export async function foundParties(
  data: string,
  agreement: string,
  parties: readonly string[],
  digest: string,
  pack: Pack,
): Promise<string> {
  const file = join(data, 'channel.genesis')
  if (existsSync(file)) return parseGenesis(new Uint8Array(await readFile(file))).channel
  const cards: Uint8Array[] = []
  for (const party of parties) {
    const address = `https://127.0.0.1:${await findFreePort()}`
    const settings = { party, prefix: `${party}.parley.example`, address, port: 0 }
    cards.push(await foundNode(join(data, party), settings, options))
  }
  const opened = await Promise.all(cards.map((card) => openCard(nodeCrypto, card)))
  const genesis = formatGenesis({
    v: 1,
    channel: randomBytes(16).toString('hex'),
    agreement,
    parties: opened
      .map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log }))
      .sort((a, b) => (a.party < b.party ? -1 : 1)),
  })
  for (const party of parties) {
    const node = await openNode(await openHome(join(data, party)), options)
    await joinChannel(node, genesis, cards)
    await node.addPack(digest, pack)
    await node.close()
  }
  // Written last: a start that was cut off begins anew, and never with half a channel.
  await writeFile(file, genesis)
  return parseGenesis(genesis).channel
}
