// Vectors of verdicts: a channel log of one party, entry by entry, as the record judges it. They are frozen: a verdict
// that changes is a new version of the predicate.

import { formatBase64, parseBase64 } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import type { CarriedReceipt } from '../../packages/record/src/carried-receipt.ts'
import { openCard } from '../../packages/record/src/card.ts'
import { formatCheckpointText } from '../../packages/record/src/checkpoint.ts'
import { cosignatureMessage } from '../../packages/record/src/cosignature-message.ts'
import { formatEntry, type Draft, type Entry } from '../../packages/record/src/entry.ts'
import type { GovernanceState } from '../../packages/record/src/governance.ts'
import { judgeGovernance } from '../../packages/record/src/governance-verdict.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { channelOrigin, governanceOrigin } from '../../packages/record/src/origins.ts'
import { mergeSeen, type Seen } from '../../packages/record/src/seen.ts'
import { judgeRecord, type RecordVerdict } from '../../packages/record/src/verdict.ts'
import { approve, bytesOf, ed25519Key, foundingEntry, governanceDraft, officialOf, partyOf, signerOf, testTime, type TestOfficial } from '../../packages/record/test-support/parties.ts'
import { vectorChannel } from './governance.ts'

const us = partyOf('us')
const cn = partyOf('cn')
const own = governanceOrigin('us.parley.example')
const mine = channelOrigin('us.parley.example', vectorChannel)
const theirs = channelOrigin('cn.parley.example', vectorChannel)
const theirGovernance = governanceOrigin('cn.parley.example')
const seenOrigins = [theirs, theirGovernance, own].sort()

/** Heads that are replicated. Anything above is not yet. */
const replicated: Record<string, number> = { [theirs]: 20, [theirGovernance]: 2, [own]: 3, [mine]: 24 }
const demands = { 'request.opened': { count: 2, roles: ['liaison', 'releasing'] }, 'request.chased': { count: 1, roles: ['liaison', 'releasing'] } }
const later = officialOf('us later', 'releasing')

function rootText(origin: string, size: number): string {
  return formatBase64(bytesOf(`root of ${origin} at ${size}`))
}

function head(origin: string, size: number, time = 0): Seen {
  return { origin, size, root: rootText(origin, size), time }
}

async function writeOthersGovernance(): Promise<Entry[]> {
  const rotated = { role: 'mirror', key: ed25519Key('cn mirror 2') }
  return [await foundingEntry(cn), await approve(governanceDraft('cn', 'key.rotated', rotated, testTime + 1), cn.administrator)]
}

async function writeGovernance(): Promise<Entry[]> {
  return [
    await foundingEntry(us),
    await approve(governanceDraft('us', 'official.enrolled', later.enrolment, testTime + 1), us.administrator),
    await approve(governanceDraft('us', 'official.revoked', { official: us.releasing.enrolment.official }, testTime + 2), us.administrator),
  ]
}

let at = testTime
function draft(type: string, seen: Seen[], data: object = {}): Draft {
  return { v: 1, channel: vectorChannel, from: 'us', type, at: (at += 1000), seen, data: data as Draft['data'] }
}

function by(type: string, seen: Seen[], ...officials: TestOfficial[]): Promise<Entry> {
  return approve(draft(type, seen), ...officials)
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

async function receiptOf(size: number, change: { over?: number; at?: number; key?: string; party?: string } = {}): Promise<object> {
  const { at: time = 1_443_225_700, key = 'cn mirror', over = size, party = 'cn' } = change
  const message = cosignatureMessage(1_443_225_700, formatCheckpointText({ origin: mine, size: over, root: parseBase64(rootText(mine, over)) }))
  return { party, size, time, signature: formatBase64(await signerOf(key).sign(message)) }
}

/** Entries that carry a receipt in `data`. The first of them has 23 entries before it. */
async function writeReceipts(): Promise<[string, Entry][]> {
  const carrying = async (receipt: Promise<object>, seen: Seen[] = [], official = later) =>
    approve(draft('request.chased', seen, { receipt: await receipt }), official)
  return [
    ['a receipt over a head of the log', await carrying(receiptOf(5))],
    ['a receipt over all entries before', await carrying(receiptOf(24))],
    ['a receipt over a head that holds the entry itself', await carrying(receiptOf(26))],
    ['a receipt with another size than was cosigned', await carrying(receiptOf(6, { over: 5 }))],
    ['a receipt with another time than was cosigned', await carrying(receiptOf(5, { at: 1_443_225_701 }))],
    ['a receipt by the witness key of the other party', await carrying(receiptOf(5, { key: 'cn witness' }))],
    ['a receipt by the author itself', await carrying(receiptOf(5, { key: 'us mirror', party: 'us' }))],
    ['a receipt by a party that is not of the channel', await carrying(receiptOf(5, { party: 'eu' }))],
    ['a wrong receipt in an entry that nobody entitled has approved', await carrying(receiptOf(40), [], us.releasing)],
    ['a receipt by a key that is rotated later', await carrying(receiptOf(5, { key: 'cn mirror' }), [head(theirGovernance, 1)])],
    ['a receipt by a key that is rotated at the head that is seen', await carrying(receiptOf(5), [head(theirGovernance, 2)])],
    ['a receipt by the key of the head that is seen', await carrying(receiptOf(5, { key: 'cn mirror 2' }))],
  ]
}

/** Each is judged after those before it, except that one which waits is left out afterwards. */
async function writeLog(): Promise<[string, string][]> {
  const { releasing, liaison } = us
  const opened = await by('request.opened', [head(own, 1)], releasing, liaison)
  const wrongRoot = [{ ...head(theirs, 4), root: rootText(theirs, 5) }, head(theirGovernance, 1)]
  const entries: [string, Entry | string][] = [
    ['an entry that names no governance head, at the start of a log', await by('request.chased', [head(theirs, 3)], releasing)],
    ['two officials where two are demanded', opened],
    ['one official where two are demanded', await by('request.opened', [], releasing)],
    ['the same entry again', opened],
    ['the same entry again, with other approvals', await approve({ ...opened, approvals: [] }, releasing)],
    ['bytes that are no entry', '{"v":1}'],
    ['bytes that are not canonical', `${canonicalText(await by('request.chased', [], releasing))} `],
    ['an entry of another channel', await approve({ ...draft('request.chased', []), channel: '0'.repeat(32) }, releasing)],
    ['an entry of the governance log', await approve(governanceDraft('us', 'official.revoked', { official: releasing.enrolment.official }, testTime + 2), us.administrator)],
    ['an entry by another party', await approve({ ...draft('request.chased', []), from: 'cn' }, releasing)],
    ['heads of both logs of the other party', await by('request.chased', [head(theirs, 3, 1_443_225_600), head(theirGovernance, 1)], releasing)],
    ['older heads than before', await by('request.chased', [head(theirs, 2, 1_443_225_500)], releasing)],
    ['a root that the log does not have', await by('request.chased', wrongRoot, releasing)],
    ['a root that the log does not have, after a head that is not replicated', await by('request.chased', [head(theirs, 21), { ...head(theirGovernance, 1), root: rootText('x', 1) }], releasing)],
    ['its own log', await by('request.chased', [head(channelOrigin('us.parley.example', vectorChannel), 1)], releasing)],
    ['a log that is not of the channel', await by('request.chased', [head('eu.parley.example/governance', 1)], releasing)],
    ['a head that is not replicated', await by('request.chased', [head(theirs, 21)], releasing)],
    ['a type that is not known', await by('request.sung', [head(theirs, 5)], releasing)],
    ['an official who is not enrolled yet at the governance head that is seen', await by('request.chased', [], later)],
    ['the governance head at which that official is enrolled', await by('request.chased', [head(own, 2)], later)],
    ['an official who is revoked later', await by('request.chased', [], releasing)],
    ['the governance head at which that official is revoked', await by('request.chased', [head(own, 3)], releasing)],
    ['an older governance head, to bring the official back', await by('request.chased', [head(own, 2)], releasing)],
    ['a governance head that is not replicated', await by('request.chased', [head(own, 4)], later)],
    ['an official who is in force', await by('request.chased', [head(theirs, 6)], later)],
    ...(await writeReceipts()),
  ]
  return entries.map(([name, entry]) => [name, typeof entry === 'string' ? entry : canonicalText(entry)])
}

function summary(verdict: RecordVerdict): object {
  switch (verdict.kind) {
    case 'valid':
      return { kind: 'valid', digest: verdict.digest, approvedBy: verdict.approvedBy.map((item) => item.official), seen: verdict.seen }
    case 'invalid':
      return { kind: 'invalid', code: verdict.code, seen: verdict.seen }
    case 'unknown':
      return { kind: 'unknown', digest: verdict.digest, seen: verdict.seen }
    case 'waiting':
      return { kind: 'waiting', for: verdict.for }
  }
}

async function replay(governance: GovernanceState, others: GovernanceState, log: readonly [string, string][]): Promise<object[]> {
  const digests = new Set<string>()
  let seenBefore: readonly Seen[] = []
  const judged: object[] = []
  let index = 0
  for (const [name, text] of log) {
    const verdict = await judgeRecord({
      crypto: nodeCrypto,
      bytes: bytes(text),
      log: { channel: vectorChannel, party: 'us' },
      index,
      seenBefore,
      seenOrigins: new Set(seenOrigins),
      replay: (digest) => digests.has(digest),
      seenRoots: (origin, size) => (size <= replicated[origin]! ? parseBase64(rootText(origin, size)) : 'unknown'),
      governance,
      demands: (type) => (Object.hasOwn(demands, type) ? demands[type as keyof typeof demands] : undefined),
      receiptOf: (_type, { receipt }) => receipt as CarriedReceipt | undefined,
      otherGovernance: (party) => (party === 'cn' ? others : undefined),
    })
    judged.push({ name, text, ...summary(verdict) })
    if (verdict.kind === 'waiting') continue
    index += 1
    seenBefore = mergeSeen(seenBefore, verdict.seen)
    if (verdict.kind !== 'invalid') digests.add(verdict.digest)
    else if (verdict.digest !== undefined) digests.add(verdict.digest)
  }
  return judged
}

async function readGovernance(log: readonly Entry[]): Promise<GovernanceState> {
  let state = (await openCard(nodeCrypto, formatEntry(log[0]!))).governance
  for (const entry of log.slice(1)) {
    state = (await judgeGovernance({ crypto: nodeCrypto, bytes: formatEntry(entry), state, replay: () => false })).state
  }
  return state
}

export async function verdictVectors(): Promise<object> {
  at = testTime
  const governanceLog = await writeGovernance()
  const othersLog = await writeOthersGovernance()
  const sizes = Object.entries(replicated).flatMap(([origin, size]) => Array.from({ length: size }, (_, i) => head(origin, i + 1)))
  return {
    about:
      'Verdicts of the record: docs/spec/entry.md, section 7. The log is judged in order; an entry that waits is left out of the log for those after it. `roots` are the verified roots; any head beyond them is not replicated. `otherGovernance` is that of the other party; a receipt is in the data under that name.',
    channel: vectorChannel,
    party: 'us',
    governance: governanceLog.map((entry) => canonicalText(entry)),
    otherGovernance: { cn: othersLog.map((entry) => canonicalText(entry)) },
    seenOrigins,
    roots: sizes.map(({ origin, size, root }) => ({ origin, size, root })),
    demands,
    log: await replay(await readGovernance(governanceLog), await readGovernance(othersLog), await writeLog()),
  }
}
