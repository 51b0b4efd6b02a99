import { beforeAll, describe, expect, test } from 'vitest'
import { channelOrigin, formatGenesis, governanceOrigin, openCard, parseGenesis } from '@parley/record'
import { applyGovernance, formatBase64 } from '@parley/record'
import type { Card } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { approve, foundingEntry, governanceDraft, partyOf, signerOf } from '../../../record/test-support/parties.ts'
import { formatEntry } from '@parley/record'
import { createRegistry } from './registry.ts'
import type { Registry } from './registry.ts'

const names = ['aa', 'bb', 'cc', 'dd']
const plenary = '11'.repeat(16)
const pair = '22'.repeat(16)
let cards: Card[]
let registry: Registry

function genesisOf(channel: string, parties: readonly string[]): Uint8Array {
  const members = cards.filter(({ party }) => parties.includes(party))
  const rows = members.map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log }))
  return formatGenesis({ v: 1, channel, agreement: 'us-cn-2015', parties: rows })
}

function take(channel: string, parties: readonly string[]): void {
  const bytes = genesisOf(channel, parties)
  registry.addChannel(parseGenesis(bytes), bytes)
}

beforeAll(async () => {
  const entries = await Promise.all(names.map((name) => foundingEntry(partyOf(name))))
  cards = await Promise.all(entries.map((entry) => openCard(nodeCrypto, formatEntry(entry))))
  registry = createRegistry(nodeCrypto, 'aa')
  for (const { governance } of cards) registry.addParty(governance)
  take(plenary, ['aa', 'bb', 'cc'])
  take(pair, ['bb', 'aa'])
})

describe('[LG1] the registry', () => {
  test('knows each log by its origin and by its name in URLs', () => {
    expect(registry.logs().map(({ origin }) => origin)).toHaveLength(4 + 3 + 2)
    for (const log of registry.logs()) {
      expect(registry.logOf(log.origin)).toBe(log)
      expect(registry.logById(log.id)).toBe(log)
      expect(log.own).toBe(log.party === 'aa')
    }
    expect(registry.logOf('ee.parley.example/governance')).toBeUndefined()
    expect(registry.logById('0'.repeat(64))).toBeUndefined()
  })

  test('knows who replicates a log: those who share a channel with its author, and never ourselves', () => {
    const members = (origin: string) => registry.membersOf(registry.logOf(origin)!)
    expect(members(channelOrigin('aa.parley.example', plenary))).toEqual(['bb', 'cc'])
    expect(members(channelOrigin('bb.parley.example', pair))).toEqual(['bb'])
    expect(members(governanceOrigin('aa.parley.example'))).toEqual(['bb', 'cc'])
    expect(members(governanceOrigin('cc.parley.example'))).toEqual(['bb', 'cc'])
    // A party that shares no channel with anybody.
    expect(members(governanceOrigin('dd.parley.example'))).toEqual([])
  })

  test('lists the logs of a channel: of each party the one in it and the one about its keys', () => {
    const origins = registry.logsOf(pair).map(({ origin }) => origin)
    expect(origins.sort()).toEqual(
      ['aa', 'bb']
        .flatMap((party) => [`${party}.parley.example/c/${pair}`, `${party}.parley.example/governance`])
        .sort(),
    )
  })

  test.each([
    ['channel', () => registry.channel('33'.repeat(16)), 'channel.unknown'],
    ['party', () => registry.governance('zz'), 'peer.unknown'],
    ['key of a party', () => registry.key('zz', 'transport'), 'peer.unknown'],
    ['log', () => registry.logKey('zz.parley.example/governance', 1), 'log.unknown'],
  ])('refuses an unknown %s by its code', (_what, ask, code) => {
    expect(ask).toThrow(expect.objectContaining({ code }))
  })

  test('follows a governance log: address and keys are those of its newest entry', async () => {
    const [, , , dd] = cards
    const party = partyOf('dd')
    const origin = governanceOrigin(party.prefix)
    const before = registry.logKey(origin, 1)
    expect(before.publicKey).toEqual(signerOf('dd log').publicKey)
    const moved = governanceDraft('dd', 'address.amended', { address: 'https://elsewhere.example:9' })
    const state = applyGovernance(nodeCrypto, dd!.governance, await approve(moved, party.administrator), 1)
    registry.setGovernance(state)
    expect(registry.address('dd')).toBe('https://elsewhere.example:9')
    const next = signerOf('dd log 2')
    const rotated = governanceDraft('dd', 'key.rotated', {
      role: 'log',
      key: formatBase64(next.publicKey),
      next: '00'.repeat(32),
      from: [],
    })
    registry.setGovernance(applyGovernance(nodeCrypto, state, await approve(rotated, party.administrator), 2))
    // Each head is under the key of its size, whenever it is asked.
    expect(registry.logKey(origin, 2).publicKey).toEqual(before.publicKey)
    expect(registry.logKey(origin, 3).publicKey).toEqual(next.publicKey)
  })

  test('names the cosigners of a party after what they say', () => {
    expect(registry.cosigners('bb').map(({ key, role }) => [role, key.name, key.algorithm])).toEqual([
      ['witness', 'bb.parley.example/witness', 'cosignature/v1'],
      ['mirror', 'bb.parley.example/mirror', 'cosignature/v1'],
    ])
  })
})
