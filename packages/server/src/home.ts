// The folder of one node: its settings, its keys, its database and, apart from the database, its lock. Made once by
// `parley init`, before anything else, by a person at this machine.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ServerError } from './error.ts'

/** Calls of one account: so many at once, and so many in a minute from then on. */
const rateSchema = z.strictObject({ burst: z.int().min(1), perMinute: z.int().min(1) })

const settingsSchema = z.strictObject({
  party: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
  /** The schema-less URL that the origins of this party's logs begin with. */
  prefix: z.string().min(3).max(128),
  /** Where peers reach this node: `https://host:port`. The node listens on that port. */
  address: z.url({ protocol: /^https$/ }),
  /** The interface that the listener for peers binds to. */
  listen: z.string().default('127.0.0.1'),
  /** The port of the console and the API, on loopback; 0 for any free one. */
  port: z.int().min(0).max(65_535),
  /** `sqlite` for a file in this folder, or a PostgreSQL URL. */
  database: z.string().default('sqlite'),
  /** The party’s own OpenID provider, where people without a passkey sign in. */
  oidc: z
    .strictObject({
      issuer: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1).max(256),
      clientSecret: z.string().min(1).max(256).exactOptional(),
      algorithm: z.enum(['ES256', 'EdDSA', 'PS256', 'RS256']).default('RS256'),
      acr: z.string().min(1).max(256).exactOptional(),
    })
    .exactOptional(),
  /** Bounds of the API that differ from the usual ones, for systems of the party's own that call it all day. */
  limits: z
    .strictObject({
      connectionsPerClient: z.int().min(1).exactOptional(),
      read: rateSchema.exactOptional(),
      write: rateSchema.exactOptional(),
      heavy: rateSchema.exactOptional(),
    })
    .default({}),
  /** Hours between the approval of an export in bulk and its opening; a day when nothing is said. */
  exportDelayHours: z.int().min(1).max(336).exactOptional(),
  /** How people are told that there is something to look at, beside the console itself. */
  notices: z
    .strictObject({
      /** Where people reach the console, if not where it listens. */
      console: z.url({ protocol: /^https?$/ }).exactOptional(),
      mail: z
        .strictObject({
          host: z.string().min(1).max(253),
          port: z.int().min(1).max(65_535),
          /** `tls` from the first byte, `starttls`, or `none` for a mail server on this machine. */
          security: z.enum(['tls', 'starttls', 'none']),
          from: z.string().regex(/^[^\s@<>]+@[A-Za-z0-9.-]+$/),
          user: z.string().min(1).exactOptional(),
          passwordFile: z.string().exactOptional(),
          caFile: z.string().exactOptional(),
        })
        .exactOptional(),
      /** Certificates that webhooks may be signed by, where they are not the usual ones. */
      webhookCaFile: z.string().exactOptional(),
    })
    .exactOptional(),
  /** Whether the node goes up the ladder of its own calls by itself when the time of a rung has passed. */
  hotline: z.strictObject({ climbs: z.boolean() }).default({ climbs: false }),
  /** Pings to the other members by the node itself; without it people send them. */
  pings: z
    .strictObject({
      everyDays: z.int().min(1).max(366),
      contact: z.enum(['24-7', 'diplomatic', 'technical', 'law-enforcement']).default('24-7'),
    })
    .exactOptional(),
})

export type NodeSettings = z.infer<typeof settingsSchema>

export interface Home {
  readonly folder: string
  readonly settings: NodeSettings
}

/** Where things lie in a node's folder. */
export const homePaths = {
  settings: (folder: string): string => join(folder, 'node.json'),
  keys: (folder: string): string => join(folder, 'keys'),
  evidence: (folder: string): string => join(folder, 'evidence'),
  lock: (folder: string): string => join(folder, 'lock'),
  database: (folder: string): string => join(folder, 'database.sqlite'),
}

/** The database URL of a home: a file of its own unless the settings name a server. */
export function databaseUrl({ folder, settings }: Home): string {
  return settings.database === 'sqlite' ? `sqlite:${homePaths.database(folder)}` : settings.database
}

/** @throws ServerError `home.malformed`, `home.exists`. */
export async function createHome(folder: string, given: unknown): Promise<Home> {
  const settings = parseSettings(given)
  const home = resolve(folder)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await writeFile(homePaths.settings(home), `${JSON.stringify(settings, null, 2)}\n`, {
    flag: 'wx',
    mode: 0o600,
  }).catch((cause: unknown) => {
    throw new ServerError('home.exists', `${home} holds a node already`, { cause })
  })
  return { folder: home, settings }
}

/** @throws ServerError `home.missing`, `home.malformed`. */
export async function openHome(folder: string): Promise<Home> {
  const home = resolve(folder)
  const text = await readFile(homePaths.settings(home), 'utf8').catch((cause: unknown) => {
    throw new ServerError('home.missing', `there is no node in ${home}; 'parley init' makes one`, { cause })
  })
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (cause) {
    throw new ServerError('home.malformed', `${homePaths.settings(home)} is not JSON`, { cause })
  }
  return { folder: home, settings: parseSettings(given) }
}

function parseSettings(given: unknown): NodeSettings {
  const parsed = settingsSchema.safeParse(given)
  if (!parsed.success) throw new ServerError('home.malformed', z.prettifyError(parsed.error), { cause: parsed.error })
  return parsed.data
}
