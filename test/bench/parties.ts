// Two parties of the 2015 agreement in a folder, each with a node that runs as a process of its own, as `npm start` makes
// them; only the bounds on how often one client may call are lifted.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { compilePack, packDigest } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import { operatorTokenFile } from '@parley/server'
import { foundParties } from '../../bin/start/found-parties.ts'
import { startProcess } from '../../bin/start/node-process.ts'
import type { NodeProcess } from '../../bin/start/node-process.ts'

export const partyNames = ['cn', 'us'] as const
export type PartyName = (typeof partyNames)[number]

const packFolder = join(import.meta.dirname, '..', '..', 'agreements', 'us-cn-2015')
const patienceMilliseconds = 120_000
const unlimited = { burst: 1_000_000_000, perMinute: 1_000_000_000 }

export interface Parties {
  readonly folder: string
  readonly channel: string
  /** The digest of the pack that both have at hand. */
  readonly pack: string
  home(party: PartyName): string
}

export interface RunningParty {
  readonly process: NodeProcess
  readonly client: Client
  readonly token: string
}

/** Makes both parties' nodes in an empty folder; neither runs yet. */
export async function createParties(folder: string): Promise<Parties> {
  const names = (await readdir(packFolder)).filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(packFolder, name), 'utf8')]))
  const pack = compilePack(Object.fromEntries(files) as Record<string, string>)
  const digest = packDigest(pack, nodeCrypto)
  const channel = await foundParties(folder, pack.id, partyNames, digest, pack)
  for (const party of partyNames) await liftLimits(join(folder, party))
  return { folder, channel, pack: digest, home: (party) => join(folder, party) }
}

async function liftLimits(home: string): Promise<void> {
  const file = join(home, 'node.json')
  const settings = JSON.parse(await readFile(file, 'utf8')) as object
  const limits = { connectionsPerClient: 512, read: unlimited, write: unlimited, heavy: unlimited }
  await writeFile(file, JSON.stringify({ ...settings, limits }))
}

/** Starts a party's node and waits until it listens; its logs are open once the other one has been heard. */
export async function startParty(parties: Parties, party: PartyName): Promise<RunningParty> {
  const home = parties.home(party)
  return openParty(home, await startProcess(home, undefined))
}

/** The API of a node that runs. */
export async function openParty(home: string, process: NodeProcess): Promise<RunningParty> {
  const token = (await readFile(join(home, operatorTokenFile), 'utf8')).trim()
  return { process, token, client: createClient({ baseUrl: process.origin, fetch, token }) }
}

/** Starts both, and has them adopt the agreement unless it is in force. */
export async function startBoth(parties: Parties): Promise<Record<PartyName, RunningParty>> {
  const [cn, us] = await Promise.all(partyNames.map((party) => startParty(parties, party)))
  const both = { cn: cn!, us: us! }
  const params = { channel: parties.channel }
  for (const { client } of Object.values(both)) await until('ready', async () => void (await client.viewReadiness()))
  for (const party of partyNames) {
    const { client } = both[party]
    const { adoptions } = await client.viewAgreement({ params })
    if (adoptions.some((adoption) => adoption.party === party && adoption.pack === parties.pack)) continue
    await client.appendAct({ params, body: { type: 'agreement.adopted', data: { pack: parties.pack } } })
  }
  for (const { client } of Object.values(both)) {
    await until('in force', async () => {
      const { inForce } = await client.viewAgreement({ params })
      if (inForce?.pack !== parties.pack) throw new Error('the agreement is not in force yet')
    })
  }
  return both
}

/** Tries again until it does not throw. */
export async function until(what: string, attempt: () => Promise<void>, pauseMilliseconds = 20): Promise<void> {
  const last = performance.now() + patienceMilliseconds
  for (;;) {
    try {
      return await attempt()
    } catch (cause) {
      if (performance.now() > last) throw new Error(`${what}: not within ${patienceMilliseconds / 1000} s`, { cause })
      await sleep(pauseMilliseconds)
    }
  }
}
