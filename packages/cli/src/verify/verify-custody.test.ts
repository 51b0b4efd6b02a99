import {
  approvalMessage,
  channelOrigin,
  createVerifierKey,
  entryDigest,
  formatBase64,
  formatCanonical,
  formatEntry,
  formatTlogProof,
  formatUtf8,
  leafHash,
  MemoryTree,
  officialId,
  parseUtf8,
  proveInclusion,
  signCheckpoint,
  withApprovals,
} from '@parley/record'
import type { CanonicalObject, Draft } from '@parley/record'
import { generateSigner, nodeCrypto } from '@parley/record/node'
import { expect, test } from 'vitest'
import { recogniseFile } from './recognise.ts'
import type { Trust } from './trust.ts'
import { verifyCustodyFile } from './verify-custody.ts'

const channel = 'ab'.repeat(16)
const signers = { cn: await generateSigner(), us: await generateSigner() }
type Party = keyof typeof signers
const originOf = (party: Party): string => channelOrigin(`${party}.parley.example`, channel)
const keyOf = (party: Party) => createVerifierKey(nodeCrypto, 'ed25519', originOf(party), signers[party].publicKey)
const trust: Trust = { keys: [keyOf('cn'), keyOf('us')], cards: [] }

const trees = { cn: new MemoryTree(nodeCrypto), us: new MemoryTree(nodeCrypto) }
const sealing = {
  ciphertext: '11'.repeat(32),
  pieces: '22'.repeat(32),
  commitment: '33'.repeat(32),
  bytes: 67_000,
  size: 65_536,
  media: 'log-files',
  handling: 'amber',
  recipients: [
    { key: '44'.repeat(32), party: 'cn' },
    { key: '55'.repeat(32), party: 'us' },
  ],
}

/** Writes an entry to its party's log; resolves to its part of a certificate. */
async function write(party: Party, at: number, type: string, data: CanonicalObject, subject?: string) {
  const draft: Draft = {
    v: 1,
    channel,
    from: party,
    type,
    ...(subject === undefined ? {} : { subject }),
    at,
    seen: [],
    data,
    ...(subject === undefined
      ? { body: { ciphertext: '66'.repeat(32), commitment: '77'.repeat(32), size: 4096 } }
      : {}),
  }
  const { publicKey } = signers[party]
  const signature = formatBase64(await signers[party].sign(approvalMessage(entryDigest(nodeCrypto, draft))))
  const official = officialId(nodeCrypto, 'ed25519', publicKey)
  const extra = formatEntry(withApprovals(draft, [{ official, signature }]))
  const tree = trees[party]
  tree.append(leafHash(nodeCrypto, extra))
  const index = tree.size - 1
  const origin = originOf(party)
  const note = await signCheckpoint(nodeCrypto, signers[party], { origin, size: tree.size, root: tree.root() })
  const hashes = await proveInclusion(nodeCrypto, tree, index, tree.size)
  const proof = parseUtf8(formatTlogProof({ index, hashes, note, extra }))
  return { digest: entryDigest(nodeCrypto, draft), stated: { origin, position: index, type, proof } }
}

const sealed = await write('us', 1000, 'evidence.sealed', sealing)
const item = sealed.digest
const given = await write('us', 2000, 'evidence.given', { to: 'cn' }, item)
const received = await write('cn', 3000, 'evidence.received', {}, item)
const erased = await write('cn', 4000, 'evidence.erased', { ground: 'court-order' }, item)
const { recipients: _recipients, ...facts } = sealing

const honest = {
  v: 1,
  kind: 'parley.custody',
  channel,
  item,
  facts: { ...facts, status: 'given', from: 'us', conditions: [], exercise: false, awaiting: [], crossed: [] },
  custody: [
    {
      party: 'cn',
      status: 'erased',
      given: { entry: given.digest, conditions: [] },
      received: { entry: received.digest },
      copies: [],
      erased: { entry: erased.digest, ground: 'court-order' },
    },
    { party: 'us', status: 'sealed', copies: [] },
  ],
  entries: [sealed, given, received, erased].map(({ stated }) => stated),
}

const verify = (certificate: object, trusted: Trust = trust) =>
  verifyCustodyFile(nodeCrypto, formatCanonical(certificate), trusted)

test('a certificate is recognised, and tells the custody from its entries', async () => {
  expect(recogniseFile(formatCanonical(honest))).toBe('custody')
  const { counts, custody, failures } = await verify(honest)
  expect(failures).toEqual([])
  expect(counts.inclusions).toBe(4)
  expect(custody?.state.custody.map(({ party, status }) => [party, status])).toEqual([
    ['cn', 'erased'],
    ['us', 'sealed'],
  ])
  expect(custody?.acts.map(({ at }) => at)).toEqual([1000, 2000, 3000, 4000])
})

const [first, second, third] = honest.entries
const lies: readonly (readonly [string, object, string])[] = [
  ['states another custody', { ...honest, custody: honest.custody.slice(1) }, 'verify.custody-differs'],
  ['states another marking', { ...honest, facts: { ...honest.facts, handling: 'clear' } }, 'verify.custody-differs'],
  ['leaves out an erasure that it states', { ...honest, entries: [first, second, third] }, 'verify.custody-differs'],
  ['has an entry twice', { ...honest, entries: [...honest.entries, first] }, 'verify.custody-entry'],
  ['has no sealing', { ...honest, entries: honest.entries.slice(1) }, 'verify.custody-entry'],
  ['is of another item', { ...honest, item: '0'.repeat(64) }, 'verify.custody-entry'],
  ['is of another channel', { ...honest, channel: 'cd'.repeat(16) }, 'verify.custody-entry'],
  ['names another log', { ...honest, entries: [{ ...first, origin: originOf('cn') }] }, 'verify.custody-entry'],
  ['names another place', { ...honest, entries: [{ ...first, position: 7 }] }, 'verify.custody-entry'],
  ['has a proof of nothing', { ...honest, entries: [{ ...first, proof: 'x' }] }, 'proof.malformed'],
  ['is of another version', { ...honest, v: 2 }, 'verify.custody-malformed'],
]
test.each(lies)('a certificate that %s does not verify', async (_, certificate, code) => {
  const { custody, failures } = await verify(certificate)
  expect(failures.map((failure) => failure.code)).toContain(code)
  expect(custody).toBeUndefined()
})

test('an entry that was changed under its proof, and a log that nobody is trusted for, prove nothing', async () => {
  const extra = /^extra (\S+)$/m.exec(first!.proof)![1]!
  const other = Buffer.from(Buffer.from(extra, 'base64').toString().replace('amber', 'green')).toString('base64')
  const changed = { ...honest, entries: [{ ...first, proof: first!.proof.replace(extra, other) }] }
  expect((await verify(changed)).failures).toMatchObject([{ code: 'proof.inclusion' }])
  const { failures } = await verify(honest, { keys: [keyOf('cn')], cards: [] })
  expect(failures.map(({ where }) => where)).toEqual(['entries[0]', 'entries[1]'])
})

test('a file that is no canonical JSON is no certificate', async () => {
  const { failures } = await verifyCustodyFile(nodeCrypto, formatUtf8('{"channel": 1}'), trust)
  expect(failures).toMatchObject([{ code: 'verify.custody-malformed' }])
})
