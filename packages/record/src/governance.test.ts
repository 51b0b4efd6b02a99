import { describe, expect, test } from 'vitest'
import {
  approve,
  ed25519Key,
  foundingEntry,
  governanceDraft,
  officialOf,
  partyOf,
  signerOf,
  testTime,
} from '../test-support/parties.ts'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf } from '../test-support/refusal.ts'
import { officialId } from './approval.ts'
import { formatBase64, formatHex, parseBase64 } from './bytes.ts'
import { parseEntry, type Entry } from './entry.ts'
import {
  addressAt,
  applyGovernance,
  governanceState,
  keyAt,
  logKeyAt,
  officialAt,
  officialsAt,
  passGovernance,
  relyingPartyAt,
  type GovernanceState,
} from './governance.ts'
import { keyRoles, type KeyRole } from './governance-data.ts'
import { nodeCrypto } from './node/crypto.ts'

interface GovernanceVectors {
  log: { text: string; kind: string }[]
  readings: { size: number; keys: Record<KeyRole, string>; officials: string[]; address: string }[]
  logKeys: { origin: string; size: number; key: string }[]
}

const vectors = readRecordVectors<GovernanceVectors>('governance')
const us = partyOf('us')
const governance = 'us.parley.example/governance'

/** The states after each entry of the vectors' log. */
function replay(): GovernanceState[] {
  const states: GovernanceState[] = []
  for (const [index, { text, kind }] of vectors.log.entries()) {
    const before = states.at(-1)
    const entry = parseEntry(bytesOfVector({ text }))
    states.push(kind === 'valid' ? applyGovernance(nodeCrypto, before, entry, index) : passGovernance(before!))
  }
  return states
}

function valueOrCode(read: () => string): string {
  let value = ''
  const code = refusalOf(() => (value = read()))
  return code === 'accepted' ? value : code
}

function entryOf(type: string, data: object): Entry {
  return { ...governanceDraft('us', type, data), approvals: [] }
}

describe('reading', () => {
  const states = replay()
  const last = states.at(-1)!

  test.each(vectors.readings)(
    '[GV4] the keys, officials and address at size $size',
    ({ size, keys, officials, address }) => {
      for (const role of keyRoles) expect(valueOrCode(() => keyAt(last, role, size))).toBe(keys[role])
      expect([...officialsAt(last, size).keys()].toSorted()).toEqual(officials)
      expect(addressAt(last, size).address).toBe(address)
      for (const official of officials) expect(officialAt(last, official, size)?.official).toBe(official)
    },
  )

  test('[GV4] what came later changes nothing at an earlier size', () => {
    for (const state of states) {
      for (let size = 1; size <= state.size; size++) {
        for (const role of keyRoles) {
          expect(valueOrCode(() => keyAt(state, role, size))).toBe(valueOrCode(() => keyAt(last, role, size)))
        }
        expect(officialsAt(state, size)).toEqual(officialsAt(last, size))
      }
    }
  })

  test.each([0, -1, 0.5, Number.NaN, 15])('[GV4] at size %d nothing is known', (size) => {
    expect(refusalOf(() => keyAt(last, 'log', size))).toBe('governance.order')
    expect(refusalOf(() => officialsAt(last, size))).toBe('governance.order')
    expect(refusalOf(() => officialAt(last, us.releasing.enrolment.official, size))).toBe('governance.order')
    expect(refusalOf(() => addressAt(last, size))).toBe('governance.order')
  })

  test.each(vectors.logKeys)('[GV7] $origin at $size is signed by $key', ({ origin, size, key }) => {
    expect(valueOrCode(() => formatBase64(logKeyAt(last, origin, size)))).toBe(key)
  })

  test('[GV6] a rotation moves the governance log to the new key with the head that first covers it', () => {
    const index = vectors.log.findIndex(({ text }) => text.includes('"role":"log"') && text.includes('key.rotated'))
    expect(formatBase64(logKeyAt(last, governance, index))).toBe(ed25519Key('us log'))
    expect(formatBase64(logKeyAt(last, governance, index + 1))).toBe(ed25519Key('us log 2'))
  })
})

describe('applying', () => {
  test('[GV11] a state is never changed', async () => {
    const states = replay()
    const before = JSON.stringify(states)
    replay()
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
      Object.freeze(value)
      Object.values(value).forEach(freeze)
    }
    states.forEach(freeze)
    const enrolled = officialOf('us another', 'duty').enrolment
    applyGovernance(nodeCrypto, states.at(-1), entryOf('official.enrolled', enrolled), states.length)
    expect(JSON.stringify(states)).toBe(before)
  })

  test('[GV1] a log starts with its founding, and only with it', async () => {
    const founding = await foundingEntry(us)
    expect(governanceState(nodeCrypto, [founding]).party).toBe('us')
    expect(refusalOf(() => governanceState(nodeCrypto, []))).toBe('governance.order')
    expect(refusalOf(() => governanceState(nodeCrypto, [founding, founding]))).toBe('governance.order')
    const amended = entryOf('address.amended', { address: 'https://a.example' })
    expect(refusalOf(() => governanceState(nodeCrypto, [amended]))).toBe('governance.order')
    expect(refusalOf(() => applyGovernance(nodeCrypto, undefined, founding, 1))).toBe('governance.order')
    expect(refusalOf(() => applyGovernance(nodeCrypto, undefined, entryOf('party.renamed', {}), 0))).toBe(
      'governance.malformed',
    )
  })

  test('[GV4] a key in force at no size after it was revoked is replaced by rotating', async () => {
    const state = governanceState(nodeCrypto, [await foundingEntry(us)])
    const revoked = applyGovernance(
      nodeCrypto,
      state,
      entryOf('key.revoked', { role: 'mirror', key: us.founded.keys.mirror, lastGood: [] }),
      1,
    )
    expect(keyAt(revoked, 'mirror', 1)).toBe(us.founded.keys.mirror)
    expect(refusalOf(() => keyAt(revoked, 'mirror', 2))).toBe('governance.key')
    const rotated = applyGovernance(
      nodeCrypto,
      revoked,
      entryOf('key.rotated', { role: 'mirror', key: ed25519Key('us mirror 2') }),
      2,
    )
    expect(refusalOf(() => keyAt(rotated, 'mirror', 2))).toBe('governance.key')
    expect(keyAt(rotated, 'mirror', 3)).toBe(ed25519Key('us mirror 2'))
  })

  test('[GV3] each log key commits to the one after, through any number of rotations', async () => {
    let state = governanceState(nodeCrypto, [await foundingEntry(us)])
    for (let n = 2; n < 6; n++) {
      const next = formatHex(nodeCrypto.sha256(signerOf(`us log ${n + 1}`).publicKey))
      const rotation = (label: string) =>
        entryOf('key.rotated', { role: 'log', key: ed25519Key(label), next, from: [] })
      expect(refusalOf(() => applyGovernance(nodeCrypto, state, rotation(`us log ${n + 1}`), state.size))).toBe(
        'governance.key',
      )
      state = applyGovernance(nodeCrypto, state, rotation(`us log ${n}`), state.size)
      expect(formatBase64(logKeyAt(state, governance, state.size))).toBe(ed25519Key(`us log ${n}`))
      expect(formatBase64(logKeyAt(state, governance, 1))).toBe(ed25519Key('us log'))
    }
  })

  test('[GV5] a key of any kind never serves again, in whatever role', async () => {
    const state = governanceState(nodeCrypto, [await foundingEntry(us)])
    const { keys, recovery } = us.founded
    for (const key of [keys.log, keys.witness, keys.mirror, ...recovery.keys, us.administrator.enrolment.key]) {
      const rotation = entryOf('key.rotated', { role: 'witness', key })
      expect(refusalOf(() => applyGovernance(nodeCrypto, state, rotation, 1))).toBe('governance.key')
      const official = officialId(nodeCrypto, 'ed25519', parseBase64(key))
      const enrolment = entryOf('official.enrolled', { official, algorithm: 'ed25519', key, roles: ['duty'] })
      expect(refusalOf(() => applyGovernance(nodeCrypto, state, enrolment, 1))).toBe('governance.key')
    }
    for (const role of ['sealing', 'archive', 'transport'] as const) {
      const rotation = entryOf('key.rotated', { role, key: keys[role] })
      expect(refusalOf(() => applyGovernance(nodeCrypto, state, rotation, 1))).toBe('governance.key')
    }
  })

  test('[GV9] an administrator may be revoked once there is another', async () => {
    const second = officialOf('us second', 'administrator')
    const state = governanceState(nodeCrypto, [
      await foundingEntry(us),
      await approve(governanceDraft('us', 'official.enrolled', second.enrolment, testTime + 1), us.administrator),
    ])
    const revoke = (official: string) => entryOf('official.revoked', { official })
    const left = applyGovernance(nodeCrypto, state, revoke(us.administrator.enrolment.official), 2)
    expect(officialAt(left, us.administrator.enrolment.official, 2)).toBeDefined()
    expect(officialAt(left, us.administrator.enrolment.official, 3)).toBeUndefined()
    expect(refusalOf(() => applyGovernance(nodeCrypto, left, revoke(second.enrolment.official), 3))).toBe(
      'governance.official',
    )
  })

  test('[GV12] an address alone leaves the relying party as it was, and a relying party is read by size', async () => {
    const state = governanceState(nodeCrypto, [await foundingEntry(us)])
    const moved = applyGovernance(nodeCrypto, state, entryOf('address.amended', { address: 'https://b.example' }), 1)
    const relyingParty = { ids: ['b.example'], origins: ['https://b.example'] }
    const bound = applyGovernance(
      nodeCrypto,
      moved,
      entryOf('address.amended', { address: 'https://b.example', relyingParty }),
      2,
    )
    expect([1, 2, 3].map((size) => relyingPartyAt(bound, size).ids[0])).toEqual([
      'parley.example',
      'parley.example',
      'b.example',
    ])
  })
})
