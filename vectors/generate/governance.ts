// Vectors of a governance log: a whole log with the verdict of each entry, what holds at each size of it, and entries that
// may not follow.

import { formatBase64, formatHex } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import { formatEntry, type Entry } from '../../packages/record/src/entry.ts'
import { addressAt, keyAt, logKeyAt, officialsAt, type GovernanceState } from '../../packages/record/src/governance.ts'
import { keyRoles } from '../../packages/record/src/governance-data.ts'
import { judgeGovernance } from '../../packages/record/src/governance-verdict.ts'
import { openCard } from '../../packages/record/src/card.ts'
import { RecordError } from '../../packages/record/src/error.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import {
  approve,
  bytesOf,
  ed25519Key,
  foundingEntry,
  governanceDraft,
  officialOf,
  partyOf,
  passkeyOf,
  recipientFor,
  signerOf,
  testTime,
  type TestOfficial,
} from '../../packages/record/test-support/parties.ts'

const us = partyOf('us')
export const vectorChannel = '3f2a9c0d5e7b41868a90b1c2d3e4f506'
const channelLog = `us.parley.example/c/${vectorChannel}`
const governanceLog = 'us.parley.example/governance'
const root = formatBase64(bytesOf('root'))

const duty = passkeyOf('us duty', ['duty'])
const successor = officialOf('us successor', 'administrator', 'auditor')
const recovery = [1, 2, 3].map((n) => officialOf(`us recovery ${n}`))
const next = (label: string) => formatHex(nodeCrypto.sha256(signerOf(label).publicKey))

// Each entry has its own time, so that none is the replay of another.
let time = testTime
function draft(type: string, data: object, from = 'us') {
  return governanceDraft(from, type, data, (time += 60_000))
}

function by(official: TestOfficial, type: string, data: object): Promise<Entry> {
  return approve(draft(type, data), official)
}

const rotation = { role: 'log', key: ed25519Key('us log 2'), next: next('us log 3'), from: [{ origin: channelLog, size: 40 }] }
const secondRotation = { role: 'log', key: ed25519Key('us log 3'), next: next('us log 4') }

async function writeLog(): Promise<Entry[]> {
  const administrator = us.administrator
  return [
    await foundingEntry(us),
    await by(administrator, 'channel.joined', { channel: vectorChannel, genesis: formatHex(bytesOf('genesis')) }),
    await by(administrator, 'official.enrolled', duty.enrolment),
    await by(administrator, 'key.rotated', { role: 'witness', key: ed25519Key('us witness 2') }),
    await by(administrator, 'key.rotated', rotation),
    await by(administrator, 'party.renamed', { name: 'us' }),
    await by(administrator, 'official.revoked', { official: us.releasing.enrolment.official }),
    await by(administrator, 'key.revoked', { role: 'log', key: ed25519Key('us log'), lastGood: [{ origin: channelLog, size: 30, root }, { origin: governanceLog, size: 4, root }] }),
    await by(administrator, 'address.amended', { address: 'https://[2001:db8::1]:9443' }),
    await by(duty, 'official.enrolled', officialOf('us accomplice', 'releasing').enrolment),
    await approve(draft('official.enrolled', successor.enrolment), recovery[0]!, recovery[2]!),
    await by(successor, 'official.revoked', { official: administrator.enrolment.official }),
    await by(administrator, 'address.amended', { address: 'https://elsewhere.example:8443' }),
    await by(successor, 'key.rotated', { role: 'sealing', key: recipientFor('us sealing 2') }),
  ]
}

/** [name, code, how many entries precede it, the entry] */
async function listRefused(log: readonly Entry[]): Promise<[string, string, number, Entry][]> {
  const administrator = us.administrator
  const late = log.length
  const enrolment = officialOf('us other', 'policy').enrolment
  return [
    ['an entry of a channel', 'entry.channel', 1, await approve({ ...draft('channel.joined', {}), channel: vectorChannel }, administrator)],
    ['an entry by another party', 'entry.from', 1, await approve(draft('channel.joined', {}, 'cn'), administrator)],
    ['an entry that is in the log already', 'entry.replayed', 2, log[1]!],
    ['no approval', 'approval.count', 1, await approve(draft('official.enrolled', enrolment))],
    ['an approval by an official who is no administrator', 'approval.role', 1, await by(us.releasing, 'official.enrolled', enrolment)],
    ['an approval by an administrator who is enrolled by it', 'approval.official', 1, await by(successor, 'official.enrolled', successor.enrolment)],
    ['an approval by one who was revoked', 'approval.official', 12, await by(administrator, 'official.enrolled', enrolment)],
    ['one recovery key of two', 'approval.count', 1, await approve(draft('official.enrolled', enrolment), recovery[0]!)],
    ['a recovery key and an administrator', 'approval.role', 1, await approve(draft('official.enrolled', enrolment), recovery[0]!, administrator)],
    ['founding again', 'governance.order', 1, await by(administrator, 'party.founded', us.founded)],
    ['a role that nobody has', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, roles: ['recovery'] })],
    ['roles out of order', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, roles: ['policy', 'duty'] })],
    ['a role twice', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, roles: ['duty', 'duty'] })],
    ['no role', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, roles: [] })],
    ['an algorithm that is not known', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, algorithm: 'rs256' })],
    ['a field that is not known', 'governance.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, name: 'x' })],
    ['the id of another key', 'governance.official', 1, await by(administrator, 'official.enrolled', { ...enrolment, official: duty.enrolment.official })],
    ['an official of low order', 'key.weak', 1, await by(administrator, 'official.enrolled', { ...enrolment, key: formatBase64(new Uint8Array(32)) })],
    ['an official off the curve', 'key.malformed', 1, await by(administrator, 'official.enrolled', { ...enrolment, algorithm: 'es256', key: formatBase64(new Uint8Array(65).fill(4)) })],
    ['an official who is in force', 'governance.key', 3, await by(administrator, 'official.enrolled', duty.enrolment)],
    ['an official who was revoked', 'governance.key', 7, await by(administrator, 'official.enrolled', us.releasing.enrolment)],
    ['an official with the key of a log', 'governance.key', 1, await by(administrator, 'official.enrolled', officialOf('us log', 'policy').enrolment)],
    ['revoking an official who was never in force', 'governance.official', 1, await by(administrator, 'official.revoked', { official: duty.enrolment.official })],
    ['revoking the last administrator', 'governance.official', 1, await by(administrator, 'official.revoked', { official: administrator.enrolment.official })],
    ['a log key that was not committed to', 'governance.key', 4, await by(administrator, 'key.rotated', { ...rotation, key: ed25519Key('us log 9') })],
    ['a log key without a commitment to the next', 'governance.malformed', 4, await by(administrator, 'key.rotated', { role: 'log', key: rotation.key, from: rotation.from })],
    ['a log key that leaves out a channel', 'governance.order', 4, await by(administrator, 'key.rotated', { ...rotation, from: [] })],
    ['a log key that names the log of another party', 'governance.key', 4, await by(administrator, 'key.rotated', { ...rotation, from: [{ origin: `cn.parley.example/c/${vectorChannel}`, size: 0 }, ...rotation.from] })],
    ['a log key that signs the governance log before it is in it', 'governance.order', 4, await by(administrator, 'key.rotated', { ...rotation, from: [...rotation.from, { origin: governanceLog, size: 4 }] })],
    ['logs out of order', 'governance.malformed', 4, await by(administrator, 'key.rotated', { ...rotation, from: [{ origin: governanceLog, size: 9 }, ...rotation.from] })],
    ['a log key that reaches back before the last', 'governance.order', late, await by(successor, 'key.rotated', { ...secondRotation, from: [{ origin: channelLog, size: 39 }] })],
    ['a witness key that is the log key', 'governance.key', 1, await by(administrator, 'key.rotated', { role: 'witness', key: ed25519Key('us log') })],
    ['a witness key that was used before', 'governance.key', 4, await by(administrator, 'key.rotated', { role: 'witness', key: ed25519Key('us witness') })],
    ['a witness key with a list of logs', 'governance.malformed', 1, await by(administrator, 'key.rotated', { role: 'witness', key: ed25519Key('us witness 2'), from: [] })],
    ['a witness key of low order', 'key.weak', 1, await by(administrator, 'key.rotated', { role: 'witness', key: formatBase64(Uint8Array.of(1, ...new Uint8Array(31))) })],
    ['a key for a role that is not known', 'governance.malformed', 1, await by(administrator, 'key.rotated', { role: 'master', key: ed25519Key('us witness 2') })],
    ['a transport key in upper case', 'governance.malformed', 1, await by(administrator, 'key.rotated', { role: 'transport', key: 'AB'.repeat(32) })],
    ['a sealing key that is no recipient', 'governance.malformed', 1, await by(administrator, 'key.rotated', { role: 'sealing', key: 'age1x' })],
    ['revoking a key that the party never had', 'governance.key', 1, await by(administrator, 'key.revoked', { role: 'log', key: ed25519Key('cn log'), lastGood: [] })],
    ['revoking a key in another role', 'governance.key', 1, await by(administrator, 'key.revoked', { role: 'log', key: ed25519Key('us witness'), lastGood: [] })],
    ['revoking a key twice', 'governance.key', 8, await by(administrator, 'key.revoked', { role: 'log', key: ed25519Key('us log'), lastGood: [] })],
    ['an address in plain text', 'governance.malformed', 1, await by(administrator, 'address.amended', { address: 'http://us.parley.example:8443' })],
    ['an address with a name in it', 'governance.malformed', 1, await by(administrator, 'address.amended', { address: 'https://a@us.parley.example:8443' })],
    ['an address with a path', 'governance.malformed', 1, await by(administrator, 'address.amended', { address: 'https://us.parley.example/x' })],
    ['an address in upper case', 'governance.malformed', 1, await by(administrator, 'address.amended', { address: 'https://US.parley.example' })],
    ['a relying party without origins', 'governance.malformed', 1, await by(administrator, 'address.amended', { address: us.founded.address, relyingParty: { ids: ['a'], origins: [] } })],
    ['a channel joined twice', 'governance.order', 2, await by(administrator, 'channel.joined', { channel: vectorChannel, genesis: '00'.repeat(32) })],
    ['a channel called governance', 'governance.malformed', 1, await by(administrator, 'channel.joined', { channel: 'governance', genesis: '00'.repeat(32) })],
  ]
}

function readings(state: GovernanceState, size: number): object {
  const keys = Object.fromEntries(keyRoles.map((role) => [role, valueOrCode(() => keyAt(state, role, size))]))
  return { size, keys, officials: [...officialsAt(state, size).keys()].sort(), address: addressAt(state, size).address }
}

function valueOrCode(read: () => string): string {
  try {
    return read()
  } catch (error) {
    if (error instanceof RecordError) return error.code
    throw error
  }
}

function logKeys(state: GovernanceState): object[] {
  const places: [string, number][] = [
    [channelLog, 0],
    [channelLog, 30],
    [channelLog, 31],
    [channelLog, 39],
    [channelLog, 40],
    [channelLog, 1000],
    [governanceLog, 1],
    [governanceLog, 4],
    [governanceLog, 5],
    [governanceLog, 14],
    [`us.parley.example/c/${'0'.repeat(32)}`, 0],
    [`cn.parley.example/c/${vectorChannel}`, 1],
  ]
  return places.map(([origin, size]) => ({ origin, size, key: valueOrCode(() => formatBase64(logKeyAt(state, origin, size))) }))
}

export async function governanceVectors(): Promise<object> {
  time = testTime
  const log = await writeLog()
  const card = await openCard(nodeCrypto, formatEntry(log[0]!))
  let state = card.governance
  const entries: object[] = [{ text: canonicalText(log[0]), kind: 'valid' }]
  const digests = new Set([card.founded])
  for (const entry of log.slice(1)) {
    const verdict = await judgeGovernance({ crypto: nodeCrypto, bytes: formatEntry(entry), state, replay: (digest) => digests.has(digest) })
    if ('digest' in verdict) digests.add(verdict.digest)
    state = verdict.state
    entries.push({ text: canonicalText(entry), kind: verdict.kind, ...(verdict.kind === 'invalid' ? { code: verdict.code } : {}) })
  }
  const refused = await listRefused(log)
  return {
    about:
      'A governance log: docs/spec/entry.md, section 5. Leaf 0 is the card of the party. Each of `invalid` is judged after the first `after` entries of the log.',
    log: entries,
    readings: log.map((_, index) => readings(state, index + 1)),
    logKeys: logKeys(state),
    invalid: refused.map(([name, code, after, entry]) => ({ name, code, after, text: canonicalText(entry) })),
  }
}
