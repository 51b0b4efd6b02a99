// What this machine can do at all: the raw operations that everything else is made of, measured in the same run.

import { fdatasyncSync, openSync, closeSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomBytes, sign, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { quantile, rateInFlight, rateOf, repeat, rowOf, spreadOf } from './measure.ts'
import type { Limit, Row } from './measure.ts'

const messageBytes = 55
const inFlight = 64
const entryLike = JSON.stringify({
  approvals: [{ official: 'ab'.repeat(16), signature: randomBytes(64).toString('base64') }],
  at: 1_443_200_000_000,
  body: { ciphertext: 'cd'.repeat(32), commitment: 'ef'.repeat(32), size: 1024 },
  channel: '01'.repeat(16),
  data: {
    handling: 'amber',
    kind: 'subscriber-data',
    languages: ['en'],
    offences: ['phishing'],
    to: 'cn',
    urgency: 'ordinary',
  },
  from: 'us',
  seen: [1, 2, 3].map((size) => ({
    origin: `cn${size}.example/governance`,
    root: randomBytes(32).toString('base64'),
    size,
    time: 0,
  })),
  type: 'request.opened',
  v: 1,
})

export interface Limits {
  readonly rows: readonly Row[]
  /** Ed25519 verifications a second on one thread, and on the thread pool with all cores. */
  readonly verifyOneThread: Limit
  readonly verifyPool: Limit
  readonly sha256Entry: Limit
  /** Milliseconds of one write of 4 KiB with fdatasync, in `folder`. */
  readonly syncMilliseconds: Limit
  readonly parse: Limit
}

/** Measures them in slices, so that one busy moment does not decide. `folder` is on the disk that the nodes use. */
export async function measureLimits(folder: string, quick: boolean): Promise<Limits> {
  const [times, slice] = quick ? [3, 150] : [7, 300]
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const secret = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const key = createPublicKey(publicKey.export({ format: 'pem', type: 'spki' }))
  const message = randomBytes(messageBytes)
  const signature = sign(null, message, secret)
  const verifyLater = (): Promise<void> =>
    new Promise((resolve, reject) => {
      verify(null, message, key, signature, (error, good) => (good ? resolve() : reject(error ?? new Error('bad'))))
    })
  const leaf = Buffer.from(entryLike)

  const one = await repeat(times, async () => rateOf(slice, () => verify(null, message, key, signature)))
  const pool = await repeat(times, () => rateInFlight(slice, inFlight, verifyLater))
  const signing = await repeat(times, async () => rateOf(slice, () => sign(null, message, secret)))
  const hashing = await repeat(times, async () => rateOf(slice, () => hash('sha256', leaf, 'buffer')))
  const nodes = await repeat(times, async () => rateOf(slice, () => hash('sha256', message, 'buffer')))
  const parsing = await repeat(times, async () => rateOf(slice, () => JSON.parse(entryLike)))
  const sync = await repeat(times, async () => syncMilliseconds(folder, slice))
  const cores = availableParallelism()
  const limit = (name: string, figures: readonly number[]): Limit => ({ name, value: spreadOf(figures).median })
  return {
    rows: [
      rowOf('Ed25519 verify, one thread', '/s', one),
      rowOf(`Ed25519 verify, thread pool, ${cores} cores`, '/s', pool),
      rowOf('Ed25519 sign, one thread', '/s', signing),
      rowOf(`SHA-256 of an entry (${leaf.length} bytes)`, '/s', hashing),
      rowOf(`SHA-256 of ${messageBytes} bytes`, '/s', nodes),
      rowOf('JSON.parse of an entry', '/s', parsing),
      rowOf(
        'write 4 KiB and fdatasync, p50',
        'ms',
        sync.map(({ p50 }) => p50),
      ),
      rowOf(
        'write 4 KiB and fdatasync, p99',
        'ms',
        sync.map(({ p99 }) => p99),
      ),
    ],
    verifyOneThread: limit('verify, one thread', one),
    verifyPool: limit('verify, thread pool', pool),
    sha256Entry: limit('SHA-256 of an entry', hashing),
    syncMilliseconds: limit(
      'fdatasync p50',
      sync.map(({ p50 }) => p50),
    ),
    parse: limit('JSON.parse of an entry', parsing),
  }
}

function syncMilliseconds(folder: string, slice: number): { p50: number; p99: number } {
  const file = openSync(join(folder, 'sync-probe'), 'w')
  const page = Buffer.alloc(4096, 1)
  const taken: number[] = []
  for (const began = performance.now(); performance.now() - began < slice;) {
    const before = performance.now()
    writeSync(file, page)
    fdatasyncSync(file)
    taken.push(performance.now() - before)
  }
  closeSync(file)
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}
