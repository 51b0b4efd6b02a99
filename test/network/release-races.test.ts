// Racing over HTTP: officers of one party approve, edit, submit, release and take back at once, by real requests to a real
// node. Whatever comes of it, what is in the log is what an officer who did not write it approved.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiProblem, createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { channelOrigin, entryDigest, parseEntry } from '@parley/record'
import type { OfficialRole } from '@parley/record'
import { readEntries } from '../../packages/server/src/db/entries.ts'
import { addToken } from '../../packages/server/src/db/tokens.ts'
import { hashToken } from '../../packages/server/src/http/index.ts'
import type { RunningNode } from '../../packages/server/src/main.ts'
import { addOfficer } from '../../packages/server/test-support/officers.ts'
import { startHomes } from './running-homes.ts'
import type { RunningHomes } from './running-homes.ts'

/** Rounds, and what comes at once in each: 1,000 requests beside those that begin the drafts. */
const rounds = 20
const racers = 50

interface Racer {
  readonly client: Client
  readonly official: string
  approve(digest: string): Promise<Parameters<Client['approveRelease']>[0]['body']['approval']>
}

let running: RunningHomes
let homes: RunningHomes['homes']
let us: RunningNode
let writer: Racer
let releaser: Racer
let other: Racer

async function seat(name: string, roles: readonly OfficialRole[]): Promise<Racer> {
  const { database } = us.node
  const officer = await addOfficer(us.node, name, roles)
  const token = randomBytes(32).toString('base64url')
  await database.writer.commit([
    addToken({ hash: hashToken(token), name: officer.person, roles: [...roles], created: 1, expires: null }),
  ])
  const approve = async (digest: string) => (await officer.approve(digest)) as Awaited<ReturnType<Racer['approve']>>
  return { client: createClient({ baseUrl: us.origin, fetch, token }), official: officer.official, approve }
}

beforeAll(async () => {
  running = await startHomes()
  ;({ homes, us } = running)
  writer = await seat('Liaison desk', ['liaison', 'releasing'])
  releaser = await seat('Releasing desk', ['releasing'])
  other = await seat('Second releasing desk', ['releasing'])
})
afterAll(async () => {
  await running?.close()
})

const data = {
  to: 'cn',
  kind: 'information',
  urgency: 'ordinary',
  offences: ['illegal-access'],
  languages: ['en'],
  handling: 'amber',
}
const content = (text: string) => ({ data, body: { v: 1, texts: [{ language: 'en', text, role: 'original' }] } })

test('[RL3] [RL4] [RL5] [RL8] [T-13] of 1,000 requests that race over HTTP none releases what was not approved', async () => {
  const { node } = us
  const origin = channelOrigin(node.home.settings.prefix, homes.channel)
  const log = node.shelf.numberOf(origin)
  const before = node.state.own.get(origin)!.frontier.size
  /** What somebody who did not write it signed, and what the node said that it took, by digest. */
  const signed = new Set<string>()
  const refusals = new Map<string, number>()
  let answered = 0

  for (let round = 0; round < rounds; round += 1) {
    const channel = homes.channel
    const made = await writer.client.createDraft({
      params: { channel },
      body: { type: 'request.opened', ...content(`Round ${round}`) },
    })
    const params = { channel, draft: made.id }
    const waiting = await writer.client.submitDraft({ params, body: { version: 1 } })
    const body = { digest: waiting.digest }
    const attempt = async (n: number): Promise<unknown> => {
      // The first looks of each round are of what waits; later ones look anew, as a page does that has been told of news.
      const seen = n < racers / 2 ? waiting.digest : (await releaser.client.viewRelease({ params })).digest
      // In every second round nobody writes, so that something leaves too.
      switch (round % 2 === 1 && n % 7 < 2 ? 6 : n % 7) {
        case 0:
          return writer.client.saveDraft({ params, body: { version: 1 + (n % 2), ...content(`Round ${round}, ${n}`) } })
        case 1:
          return writer.client.submitDraft({ params, body: { version: 1 + (n % 3) } })
        case 2:
        case 3: {
          const by = n % 7 === 2 ? releaser : other
          signed.add(seen)
          return by.client.approveRelease({ params, body: { digest: seen, approval: await by.approve(seen) } })
        }
        case 4:
          return releaser.client.revokeApproval({ params, body: { digest: seen } })
        case 5:
          // Whoever wrote it tries their own key.
          return writer.client.approveRelease({ params, body: { digest: seen, approval: await writer.approve(seen) } })
        default:
          return other.client.releaseDraft({ params, body: n % 2 === 0 ? body : { digest: seen } })
      }
    }
    const order = Array.from({ length: racers }, (_, n) => n).toSorted(
      (a, b) => ((a * 37 + round) % 50) - ((b * 37 + round) % 50),
    )
    const outcomes = await Promise.allSettled(order.map(attempt))
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') answered += 1
      else if (outcome.reason instanceof ApiProblem) {
        refusals.set(outcome.reason.code, (refusals.get(outcome.reason.code) ?? 0) + 1)
      } else throw outcome.reason
    }
  }

  // Refusals are those of the contract; nothing failed inside.
  expect([...refusals.keys()].filter((code) => !/^(?:draft|release)\.|^act\.not-allowed$/.test(code))).toEqual([])
  const rows = await readEntries(node.database.reader, { log, start: before, end: before + 1_000 })
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.length).toBeLessThanOrEqual(rounds)
  for (const { bytes, verdict } of rows) {
    const entry = parseEntry(bytes)
    expect(verdict).toBe('valid')
    expect(signed).toContain(entryDigest(node.crypto, entry))
    const approvers = entry.approvals.map(({ official }) => official)
    expect(approvers.length).toBeGreaterThan(0)
    expect(approvers).not.toContain(writer.official)
  }
  expect(answered).toBeGreaterThan(rounds)
})
