import {
  appendSignatureLines,
  approvalMessage,
  cosign,
  createVerifierKey,
  entryDigest,
  formatBase64,
  formatEntry,
  formatUtf8,
  formatVerifierKey,
  leafHash,
  MemoryTree,
  officialId,
  openCheckpoint,
  parseUtf8,
  proveInclusion,
  rootAt,
  signCheckpoint,
  withApprovals,
} from '@parley/record'
import type { Draft } from '@parley/record'
import { generateSigner, nodeCrypto } from '@parley/record/node'
import type { EntryView } from '@parley/api'
import { beforeAll, expect, test } from 'vitest'
import { reachesRoot, verifyEntry } from './verify-entry.ts'

const origin = 'us.parley.example/c/0123456789abcdef0123456789abcdef'
const mirrorName = 'cn.parley.example/mirror'
const position = 4
let good: EntryView

beforeAll(async () => {
  const [log, mirror, official] = await Promise.all([generateSigner(), generateSigner(), generateSigner()])
  const id = officialId(nodeCrypto, 'ed25519', official.publicKey)
  const draft: Draft = {
    v: 1,
    channel: '0123456789abcdef0123456789abcdef',
    from: 'us',
    type: 'request.opened',
    at: 1_790_000_000_000,
    seen: [],
    data: { kind: 'information' },
  }
  const digest = entryDigest(nodeCrypto, draft)
  const signature = formatBase64(await official.sign(approvalMessage(digest)))
  const bytes = formatEntry(withApprovals(draft, [{ official: id, signature }]))
  const tree = new MemoryTree(nodeCrypto)
  for (let i = 0; i < 7; i++) tree.append(leafHash(nodeCrypto, i === position ? bytes : formatUtf8(`entry ${i}`)))
  const root = await rootAt(nodeCrypto, tree, 7)
  const key = createVerifierKey(nodeCrypto, 'ed25519', origin, log.publicKey)
  const note = await signCheckpoint(nodeCrypto, log, { origin, size: 7, root })
  const checkpoint = await openCheckpoint(nodeCrypto, note, { origin, keys: [key] })
  const cosigned = appendSignatureLines(note, [await cosign(nodeCrypto, mirror, mirrorName, checkpoint, 1_790_000_003)])
  const mirrorKey = createVerifierKey(nodeCrypto, 'cosignature/v1', mirrorName, mirror.publicKey)
  good = {
    position,
    digest,
    party: 'us',
    bytes: formatBase64(bytes),
    verdict: 'valid',
    standing: { level: 'delivered', since: 1 },
    log: 'a'.repeat(64),
    entry: null,
    proof: {
      size: 7,
      hashes: (await proveInclusion(nodeCrypto, tree, position, 7)).map(formatBase64),
      checkpoint: parseUtf8(cosigned),
      verifierKeys: [
        { key: formatVerifierKey(key), party: 'us', role: 'log' },
        { key: formatVerifierKey(mirrorKey), party: 'cn', role: 'mirror' },
      ],
      officials: [
        {
          official: id,
          party: 'us',
          algorithm: 'ed25519',
          key: formatBase64(official.publicKey),
          roles: ['liaison'],
          enrolled: { log: 'b'.repeat(64), position: 0 },
        },
      ],
    },
  }
})

async function outcomes(view: EntryView, of = origin): Promise<string[]> {
  const { steps } = await verifyEntry(nodeCrypto, view, of)
  return steps.map(({ code, id, outcome }) => (code === undefined ? `${id} ${outcome}` : `${id} ${outcome} ${code}`))
}

const passed = [
  'form passed',
  'digest passed',
  'checkpoint passed',
  'path passed',
  'cosignature passed',
  'approval passed',
]

function replaced(step: string, by: string): string[] {
  return passed.map((line) => (line.startsWith(step) ? by : line))
}

test('a sound proof passes in every step and its path reaches the root', async () => {
  expect(await outcomes(good)).toEqual(passed)
  const verification = await verifyEntry(nodeCrypto, good, origin)
  expect(reachesRoot(verification)).toBe(true)
  expect(verification.path.map(({ side }) => side)).toEqual(['right', 'right', 'left'])
})

test('another digest is seen', async () => {
  expect(await outcomes({ ...good, digest: 'f'.repeat(64) })).toEqual(
    replaced('digest', 'digest failed console.digest'),
  )
})

test('a proof for another place is seen', async () => {
  const moved = { ...good, position: 5 }
  expect(await outcomes(moved)).toEqual(replaced('path', 'path failed proof.inclusion'))
  expect(reachesRoot(await verifyEntry(nodeCrypto, moved, origin))).toBe(false)
})

test('one changed hash is seen', async () => {
  const hashes = good.proof!.hashes.with(1, `${'A'.repeat(43)}=`)
  expect(await outcomes({ ...good, proof: { ...good.proof!, hashes } })).toEqual(
    replaced('path', 'path failed proof.inclusion'),
  )
})

test('a checkpoint of another log is refused, and the path then leads nowhere', async () => {
  const lines = await outcomes(good, 'us.parley.example/governance')
  expect(lines).toContain('checkpoint failed checkpoint.origin')
  expect(lines).toContain('path failed console.no-root')
})

test('a checkpoint whose signed size was changed is refused', async () => {
  const checkpoint = good.proof!.checkpoint.replace('\n7\n', '\n8\n')
  const lines = await outcomes({ ...good, proof: { ...good.proof!, checkpoint } })
  expect(lines).toContain('checkpoint failed note.signature')
  expect(lines).toContain('cosignature failed note.signature')
})

test('an official’s key that is not the one of the pseudonym is refused', async () => {
  const [official] = good.proof!.officials
  const officials = [{ ...official!, key: formatBase64(new Uint8Array(32).fill(7)) }]
  expect(await outcomes({ ...good, proof: { ...good.proof!, officials } })).toEqual(
    replaced('approval', 'approval failed approval.official'),
  )
})

test('a cosigner who has not signed proves nothing and harms nothing', async () => {
  const checkpoint = good.proof!.checkpoint.trimEnd().split('\n').slice(0, -1).join('\n') + '\n'
  expect(await outcomes({ ...good, proof: { ...good.proof!, checkpoint } })).toEqual(
    replaced('cosignature', 'cosignature absent'),
  )
})

test('without a checkpoint only the entry itself is checked', async () => {
  expect(await outcomes({ ...good, proof: null })).toEqual(['form passed', 'digest passed', 'checkpoint absent'])
})

test('bytes that are no entry are still shown to be in the log', async () => {
  const lines = await outcomes({ ...good, bytes: formatBase64(formatUtf8('{}')) })
  expect(lines[0]).toMatch(/^form failed /)
  expect(lines).toContain('path failed proof.inclusion')
})

test.each([...Array(24).keys()])('a byte of the entry changed at place %i never passes', async (place) => {
  const bytes = Uint8Array.fromBase64(good.bytes)
  bytes[(place * 37) % bytes.length]! ^= 1
  const lines = await outcomes({ ...good, bytes: formatBase64(bytes) })
  expect(lines).toContain('path failed proof.inclusion')
})
