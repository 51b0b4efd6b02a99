import { beforeAll, describe, expect, test } from 'vitest'
import {
  formatBase64,
  formatEntry,
  formatGenesis,
  formatUtf8,
  governanceOrigin,
  openCard,
  parseGenesis,
} from '@parley/record'
import type { Card } from '@parley/record'
import type { KeyLookup } from '@parley/record/exchange'
import { nodeCrypto } from '@parley/record/node'
import { approve, foundingEntry, governanceDraft, partyOf, signerOf } from '../../../record/test-support/parties.ts'
import { createRegistry } from '../log/registry.ts'
import type { Registry } from '../log/registry.ts'
import { createKeyLookup } from './key-lookup.ts'

const cn = partyOf('cn')
const origin = governanceOrigin(cn.prefix)
let registry: Registry
let lookup: KeyLookup

beforeAll(async () => {
  registry = createRegistry(nodeCrypto, 'us')
  const cards: Card[] = []
  for (const name of ['cn', 'us']) {
    const card = await openCard(nodeCrypto, formatEntry(await foundingEntry(partyOf(name))))
    cards.push(card)
    registry.addParty(card.governance)
  }
  const bytes = formatGenesis({
    v: 1,
    channel: 'ab'.repeat(16),
    agreement: 'us-cn-2015',
    parties: cards.map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log })),
  })
  registry.addChannel(parseGenesis(bytes), bytes)
  lookup = createKeyLookup(nodeCrypto, registry)
})

const rotated = governanceDraft('cn', 'key.rotated', {
  role: 'log',
  key: formatBase64(signerOf('cn log 2').publicKey),
  next: '00'.repeat(32),
  from: [],
})

async function keysOf(size: number, start: number, ...entries: Uint8Array[]): Promise<string[]> {
  const keys = await lookup.verifierKeysOf({ origin, size, start, entries })
  return keys.map(({ publicKey }) => publicKey.toHex())
}
const [first, second] = [signerOf('cn log'), signerOf('cn log 2')].map(({ publicKey }) => publicKey.toHex())

describe('[PE29] the key that verifies a head', () => {
  test('is the one in force at its size', async () => {
    expect(await keysOf(1, 0)).toEqual([first])
    expect(await keysOf(500, 0)).toEqual([first])
  })

  test('may be brought by the very entries that came along, if these are approved', async () => {
    const good = formatEntry(await approve(rotated, cn.administrator))
    const bad = formatEntry(await approve(rotated, cn.releasing))
    expect(await keysOf(2, 1, good)).toEqual([second])
    expect(await keysOf(2, 0, registry.governance('cn').size === 1 ? formatUtf8('known already') : good, good)).toEqual(
      [second],
    )
    expect(await keysOf(2, 1, bad)).toEqual([first])
    expect(await keysOf(3, 1, formatUtf8('junk'), good)).toEqual([second])
    // What came along is not believed before it is durable.
    expect(await keysOf(2, 0)).toEqual([first])
  })

  test('is not sought in entries that do not join what is held', async () => {
    const good = formatEntry(await approve(rotated, cn.administrator))
    expect(await keysOf(9, 5, good)).toEqual([first])
  })

  test('of a log that nobody knows is none', async () => {
    expect(await lookup.verifierKeysOf({ origin: 'xx.example/governance', size: 1, start: 0, entries: [] })).toEqual([])
    expect(lookup.cosignerKeysOf('xx.example/governance')).toEqual([])
    expect(
      lookup
        .cosignerKeysOf(origin)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      ['cn', 'us'].flatMap((party) => [`${party}.parley.example/mirror`, `${party}.parley.example/witness`]).sort(),
    )
  })
})
