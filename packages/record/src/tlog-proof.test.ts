import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { MemoryTree } from './memory-tree.ts'
import { leafHash } from './merkle.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { appendSignatureLines } from './note.ts'
import { parsePolicy } from './policy.ts'
import { proveInclusion } from './prove.ts'
import {
  formatTlogProof,
  openTlogProof,
  openTlogProofUnderPolicy,
  parseTlogProof,
  tlogProofBytesMax,
} from './tlog-proof.ts'
import { createVerifierKey, formatVerifierKey } from './verifier-key.ts'

const origin = 'us.parley.example/c/0123'
const signer = createSigner(new Uint8Array(32).fill(3))
const witness = createSigner(new Uint8Array(32).fill(4))
const log = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)] }
const witnessKey = createVerifierKey(nodeCrypto, 'cosignature/v1', 'w.example', witness.publicKey)

const size = 13
const index = 6
const tree = new MemoryTree(nodeCrypto)
for (let i = 0; i < size; i++) tree.append(leafHash(nodeCrypto, Uint8Array.of(i)))
const leaf = tree.leaf(index)
const note = await signCheckpoint(nodeCrypto, signer, { origin, size, root: tree.root() })
const hashes = await proveInclusion(nodeCrypto, tree, index, size)
const bytes = formatTlogProof({ index, hashes, note })

test('[TP1] a proof is the head line, the index, the hashes, an empty line and the checkpoint', () => {
  const lines = ['c2sp.org/tlog-proof@v1', 'index 6', ...hashes.map((hash) => hash.toBase64()), '', '']
  expect(bytes).toEqual(concatBytes(formatUtf8(lines.join('\n')), note))
  expect(parseTlogProof(bytes)).toEqual({ index, hashes, note })
})

test('[TP1] any proof is read back as it was written, with or without something extra', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const parts = fc.record(
    {
      index: fc.maxSafeNat(),
      hashes: fc.array(hash, { maxLength: 63 }),
      note: fc.constant(note),
      extra: fc.uint8Array(),
    },
    { requiredKeys: ['index', 'hashes', 'note'] },
  )
  fc.assert(
    fc.property(parts, (proof) => {
      expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof)
    }),
  )
})

describe('opening', () => {
  test('[TP2] gives the index and the checkpoint, whatever is extra', async () => {
    for (const proof of [bytes, formatTlogProof({ index, hashes, note, extra: formatUtf8('a note of the clerk') })]) {
      const proven = await openTlogProof(nodeCrypto, proof, leaf, log)
      expect(proven).toMatchObject({ index, leafHash: leaf, checkpoint: { origin, size, note } })
    }
  })

  test('[TP2] is refused for another leaf, index, log or proof', async () => {
    const attempt = (proof: Uint8Array, of = leaf, by = log) =>
      refusalOfAsync(() => openTlogProof(nodeCrypto, proof, of, by))
    expect(await attempt(bytes, tree.leaf(7))).toBe('proof.inclusion')
    expect(await attempt(formatTlogProof({ index: 7, hashes, note }))).toBe('proof.inclusion')
    expect(await attempt(formatTlogProof({ index, hashes: hashes.slice(1), note }))).toBe('proof.inclusion')
    expect(await attempt(formatTlogProof({ index: 13, hashes, note }))).toBe('proof.inclusion')
    expect(await attempt(bytes, leaf, { ...log, origin: 'elsewhere' })).toBe('checkpoint.origin')
    expect(await attempt(bytes, leaf, { ...log, keys: [] })).toBe('note.unverified')
  })

  test('[TP2] of a proof changed in any byte never proves anything else', async () => {
    await fc.assert(
      fc.asyncProperty(flippedByte(bytes), async (flipped) => {
        const refusal = await refusalOfAsync(() => openTlogProof(nodeCrypto, flipped, leaf, log))
        const codes = ['proof.malformed', 'proof.inclusion', 'note.malformed', 'note.signature', 'note.unverified']
        expect(codes).toContain(refusal)
      }),
    )
  })

  test('[TP3] under a policy needs the cosignatures that the policy demands', async () => {
    const policy = parsePolicy(
      nodeCrypto,
      formatUtf8(`log ${formatVerifierKey(log.keys[0]!)}\nwitness w ${formatVerifierKey(witnessKey)}\nquorum w\n`),
    )
    const attempt = (proof: Uint8Array) => openTlogProofUnderPolicy(nodeCrypto, proof, leaf, policy)
    expect(await refusalOfAsync(() => attempt(bytes))).toBe('policy.unsatisfied')
    const checkpoint = await openCheckpoint(nodeCrypto, note, log)
    const line = await cosign(nodeCrypto, witness, 'w.example', checkpoint, 1_790_000_000)
    const cosigned = formatTlogProof({ index, hashes, note: appendSignatureLines(note, [line]) })
    const proven = await attempt(cosigned)
    expect(proven.cosignatures.map(({ time }) => time)).toEqual([1_790_000_000])
    expect(proven.checkpoint).toMatchObject({ origin, size })
  })
})

describe('refusals', () => {
  const spoil = (from: string | RegExp, to: string) => formatUtf8(new TextDecoder().decode(bytes).replace(from, to))
  const hashLine = `${hashes[0]!.toBase64()}\n`
  test.each([
    ['nothing', new Uint8Array(0)],
    ['another head line', spoil('@v1', '@v2')],
    ['no index', spoil('index 6\n', '')],
    ['an index with a leading zero', spoil('index 6', 'index 06')],
    ['an index of 2^53', spoil('index 6', 'index 9007199254740992')],
    ['a negative index', spoil('index 6', 'index -6')],
    ['something extra after the index', spoil('index 6\n', 'index 6\nextra AAAA\n')],
    ['something extra twice', spoil('index 6\n', 'extra AAAA\nextra AAAA\nindex 6\n')],
    ['something extra that is not base64', spoil('index 6\n', 'extra A\nindex 6\n')],
    ['a hash of another length', spoil(hashLine, 'AAAA\n')],
    ['64 hashes', spoil(hashLine, hashLine.repeat(61))],
    ['a carriage return', spoil('index 6\n', 'index 6\r\n')],
    ['no empty line', spoil('\n\n', '\n')],
    ['no checkpoint', bytes.subarray(0, bytes.length - note.length)],
    ['a checkpoint without signatures', spoil(/\n— .*\n$/s, '\n')],
    ['too much', new Uint8Array(tlogProofBytesMax + 1)],
  ])('[TP4] %s is no proof', (_name, proof) => {
    expect(refusalOf(() => parseTlogProof(proof))).toBe('proof.malformed')
  })

  test('[TP4] what could not be read back is not written', () => {
    const many = Array.from({ length: 64 }, () => leaf)
    expect(refusalOf(() => formatTlogProof({ index, hashes: many, note }))).toBe('proof.malformed')
    expect(refusalOf(() => formatTlogProof({ index: -1, hashes, note }))).toBe('tree.size')
    expect(refusalOf(() => formatTlogProof({ index, hashes: [new Uint8Array(1)], note }))).toBe('tree.hash')
    expect(refusalOf(() => formatTlogProof({ index, hashes, note: new Uint8Array(1) }))).toBe('note.malformed')
    const extra = new Uint8Array(tlogProofBytesMax)
    expect(refusalOf(() => formatTlogProof({ index, hashes, note, extra }))).toBe('proof.malformed')
  })
})
