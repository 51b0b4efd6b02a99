import { describe, expect, test } from 'vitest'
import { cryptos } from '../test-support/cryptos.ts'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import type { Log } from './checkpoint.ts'
import type { Crypto } from './crypto.ts'
import { formatForkProof, openForkProof, parseForkProof } from './fork.ts'
import { leafHash } from './merkle.ts'
import { parsePolicy } from './policy.ts'
import { openUnderPolicy } from './policy-quorum.ts'
import { formatTlogProof, openTlogProof, openTlogProofUnderPolicy, parseTlogProof } from './tlog-proof.ts'
import { parseVerifierKey } from './verifier-key.ts'
import { parseAddCheckpoint, processAddCheckpoint } from './witness.ts'

type Refused<Case> = Case & { name: string; code: string }
type LogVector = { origin: string; keys: string[] }

const bytes = (hex: string) => Uint8Array.fromHex(hex)
const logOf = (crypto: Crypto, { origin, keys }: LogVector): Log => ({
  origin,
  keys: keys.map((vkey) => parseVerifierKey(crypto, vkey)),
})

const witness = readRecordVectors<{
  log: LogVector
  cases: {
    name: string
    cosigned?: { size: number; root: string }
    body?: string
    bodyRuns?: [string, number][]
    status: number
    size?: number
  }[]
}>('witness')

describe.each(cryptos)('vectors/record/witness.json over %s', (_name, crypto) => {
  test.each(witness.cases)('[WT12] $status: $name', async ({ cosigned, body, bodyRuns = [], status, size }) => {
    const request = formatUtf8(body ?? bodyRuns.map(([text, count]) => text.repeat(count)).join(''))
    if (refusalOf(() => parseAddCheckpoint(request)) !== 'accepted') {
      expect(status).toBe(400)
      return
    }
    const last = cosigned === undefined ? {} : { cosigned: { size: cosigned.size, root: bytes(cosigned.root) } }
    const log = { ...logOf(crypto, witness.log), ...last }
    const outcome = await processAddCheckpoint(crypto, log, parseAddCheckpoint(request))
    expect(outcome.status).toBe(status)
    if (outcome.kind === 'conflict') expect(outcome.size).toBe(size)
  })
})

type Proof = { name: string; proof: string; entry: string; log?: LogVector; policy?: string }

const proofs = readRecordVectors<{
  valid: (Proof & { index: number; size: number })[]
  invalid: Refused<Proof>[]
}>('tlog-proofs')

describe.each(cryptos)('vectors/record/tlog-proofs.json over %s', (_name, crypto) => {
  const open = ({ proof, entry, log, policy }: Proof) => {
    const leaf = leafHash(crypto, bytes(entry))
    return policy === undefined
      ? openTlogProof(crypto, formatUtf8(proof), leaf, logOf(crypto, log!))
      : openTlogProofUnderPolicy(crypto, formatUtf8(proof), leaf, parsePolicy(crypto, formatUtf8(policy)))
  }

  test.each(proofs.valid)('[TP1] [TP2] [TP3] $name', async (vector) => {
    const { index, checkpoint } = await open(vector)
    expect({ index, size: checkpoint.size }).toEqual({ index: vector.index, size: vector.size })
    const parsed = parseTlogProof(formatUtf8(vector.proof))
    expect(formatTlogProof(parsed)).toEqual(formatUtf8(vector.proof))
  })

  test.each(proofs.invalid)('[TP2] [TP3] [TP4] $code: $name', async (vector) => {
    expect(await refusalOfAsync(() => open(vector))).toBe(vector.code)
  })
})

const policies = readRecordVectors<{
  valid: { name: string; policy: string; logs: number; witnesses: number }[]
  invalid: Refused<{ policy: string }>[]
  opened: {
    valid: { name: string; policy: string; note: string; cosigners: string[] }[]
    invalid: Refused<{ policy: string; note: string }>[]
  }
}>('policies')

describe.each(cryptos)('vectors/record/policies.json over %s', (_name, crypto) => {
  const parse = (text: string) => parsePolicy(crypto, formatUtf8(text))

  test.each(policies.valid)('[PL1] $name', ({ policy, logs, witnesses }) => {
    const parsed = parse(policy)
    expect({ logs: parsed.logs.length, witnesses: parsed.witnesses.length }).toEqual({ logs, witnesses })
  })

  test.each(policies.invalid)('[PL2] [PL3] $code: $name', ({ policy, code }) => {
    expect(refusalOf(() => parse(policy))).toBe(code)
  })

  test.each(policies.opened.valid)('[PL6] $name', async ({ policy, note, cosigners }) => {
    const { cosignatures } = await openUnderPolicy(crypto, formatUtf8(note), parse(policy))
    expect(cosignatures.map(({ cosigner }) => cosigner.name)).toEqual(cosigners)
  })

  test.each(policies.opened.invalid)('[PL5] [PL6] $code: $name', async ({ policy, note, code }) => {
    expect(await refusalOfAsync(() => openUnderPolicy(crypto, formatUtf8(note), parse(policy)))).toBe(code)
  })
})

type Fork = { name: string; proof: string; log: LogVector }

const forks = readRecordVectors<{
  valid: (Fork & { size: number; smallerRoot: string; largerRoot: string })[]
  invalid: Refused<Fork>[]
}>('forks')

describe.each(cryptos)('vectors/record/forks.json over %s', (_name, crypto) => {
  test.each(forks.valid)('[FK1] [FK3] [FK5] $name', async ({ proof, log, size, smallerRoot, largerRoot }) => {
    const proven = await openForkProof(crypto, bytes(proof), logOf(crypto, log))
    expect(proven).toMatchObject({ origin: log.origin, size })
    expect([proven.smallerRoot.toHex(), proven.largerRoot.toHex()]).toEqual([smallerRoot, largerRoot])
    expect(formatForkProof(parseForkProof(bytes(proof))).toHex()).toBe(proof)
  })

  test.each(forks.invalid)('[FK4] [FK5] [FK6] $code: $name', async ({ proof, log, code }) => {
    expect(await refusalOfAsync(() => openForkProof(crypto, bytes(proof), logOf(crypto, log)))).toBe(code)
  })
})
