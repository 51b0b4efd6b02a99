import { afterEach, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from './db/database.ts'
import type { Database } from './db/database.ts'
import { addToken, revokeToken } from './db/tokens.ts'
import { hashToken } from './http/index.ts'
import { createStoredTokens } from './stored-tokens.ts'

const opened: { database: Database; folder: string }[] = []

async function openStore(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-tokens-'))
  const database = await openDatabase(`sqlite:${join(folder, 'database.sqlite')}`)
  opened.push({ database, folder })
  return database
}

afterEach(async () => {
  for (const { database, folder } of opened.splice(0)) {
    await database.close()
    await rm(folder, { recursive: true })
  }
})

const row = (text: string, expires: number | null = null) =>
  addToken({ hash: hashToken(text), name: text, roles: ['operator'], created: 0, expires })

test('a token opens until it is revoked, and then for a second at the most', async () => {
  const { reader, writer } = await openStore()
  let now = 10_000
  const tokens = createStoredTokens(reader, () => now)
  expect(await tokens.open('known')).toBeUndefined()
  await writer.commit([row('known')])
  expect(await tokens.open('known')).toEqual({ id: 'known', grants: [{ role: 'operator', channel: null }] })
  await writer.commit([revokeToken(hashToken('known'), now)])
  now += 1_000
  expect(await tokens.open('known')).toBeUndefined()
  expect(await tokens.open('guessed')).toBeUndefined()
})

test('a token that expires opens nothing from that moment, remembered or not', async () => {
  const { reader, writer } = await openStore()
  let now = 10_000
  const tokens = createStoredTokens(reader, () => now)
  await writer.commit([row('short', 10_500)])
  expect(await tokens.open('short')).toBeDefined()
  now = 10_500
  expect(await tokens.open('short')).toBeUndefined()
})

test('a clock that is set back does not keep a revoked token alive', async () => {
  const { reader, writer } = await openStore()
  let now = 10_000
  const tokens = createStoredTokens(reader, () => now)
  await writer.commit([row('known')])
  expect(await tokens.open('known')).toBeDefined()
  await writer.commit([revokeToken(hashToken('known'), now)])
  now = 9_000
  expect(await tokens.open('known')).toBeUndefined()
})
