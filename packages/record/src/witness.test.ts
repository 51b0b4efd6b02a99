import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { signCheckpoint, type TreeHead } from './checkpoint.ts'
import { MemoryTree } from './memory-tree.ts'
import { emptyRoot, leafHash } from './merkle.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { formatNote, signNote } from './note.ts'
import { proveConsistency } from './prove.ts'
import { createVerifierKey } from './verifier-key.ts'
import {
  addCheckpointBytesMax,
  type CosignedHead,
  formatAddCheckpoint,
  parseAddCheckpoint,
  processAddCheckpoint,
  type WitnessedLog,
} from './witness.ts'

const origin = 'us.parley.example/c/0123'
const signer = createSigner(new Uint8Array(32).fill(3))
const key = createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)
const log = { origin, keys: [key] }
const tree = new MemoryTree(nodeCrypto)
for (let i = 0; i < 20; i++) tree.append(leafHash(nodeCrypto, Uint8Array.of(i)))

const headAt = (size: number): TreeHead => ({ origin, size, root: tree.root(size) })
const sign = (head: TreeHead) => signCheckpoint(nodeCrypto, signer, head)
const known = (size: number): WitnessedLog => ({ ...log, cosigned: headAt(size) })
const process = (body: Uint8Array, of: WitnessedLog | undefined = log) =>
  processAddCheckpoint(nodeCrypto, of, parseAddCheckpoint(body))
const proof = (oldSize: number, size: number) => proveConsistency(nodeCrypto, tree, oldSize, size)

describe('what extends', () => {
  test('[WT1] a first head is accepted without a proof', async () => {
    const body = formatAddCheckpoint(0, [], await sign(headAt(5)))
    const { root } = headAt(5)
    const outcome = await process(body)
    expect(outcome).toMatchObject({ kind: 'extends', status: 200, cosigned: { size: 5, root }, checkpoint: headAt(5) })
  })

  test('[WT2] a larger head is accepted with its proof', async () => {
    for (const [oldSize, size] of [
      [1, 2],
      [4, 8],
      [5, 20],
      [19, 20],
    ] as const) {
      const body = formatAddCheckpoint(oldSize, await proof(oldSize, size), await sign(headAt(size)))
      expect(await process(body, known(oldSize))).toMatchObject({ kind: 'extends', cosigned: { size } })
    }
  })

  test('[WT3] the same head is accepted again, so that a cosignature can be fresh', async () => {
    expect(await process(formatAddCheckpoint(5, [], await sign(headAt(5))), known(5))).toMatchObject({ status: 200 })
    expect(await process(formatAddCheckpoint(0, [], await sign(headAt(0))))).toMatchObject({ status: 200 })
    const twice = await process(formatAddCheckpoint(0, [], await sign(headAt(0))), known(0))
    expect(twice).toMatchObject({ status: 200, cosigned: { size: 0 } })
  })
})

describe('what is refused, and first for what', () => {
  const stranger = createSigner(new Uint8Array(32).fill(4))
  const strange = async (head: TreeHead) => signCheckpoint(nodeCrypto, stranger, head)
  const signText = async (text: string) =>
    formatNote({ text, lines: [await signNote(nodeCrypto, signer, origin, text)] })
  const otherRoot = nodeCrypto.sha256(formatUtf8('other'))
  const head5 = headAt(5)

  interface Refusal {
    name: string
    body: () => Promise<Uint8Array>
    of?: WitnessedLog | undefined
    status: number
  }
  const refusals: Refusal[] = [
    {
      name: '[WT4] 404: an origin that is not known, before anything else',
      body: async () => concatBytes(formatUtf8('nonsense\n\n'), await strange({ ...head5, origin: 'elsewhere' })),
      status: 404,
    },
    {
      name: '[WT5] 403: no signature of the log, before a malformed beginning',
      body: async () => concatBytes(formatUtf8('nonsense\n\n'), await strange(head5)),
      status: 403,
    },
    {
      name: '[WT5] 403: a signature of the log that fails',
      body: async () => {
        const text = new TextDecoder().decode(await sign(head5))
        return formatAddCheckpoint(0, [], formatUtf8(text.replace('\n5\n', '\n6\n')))
      },
      status: 403,
    },
    {
      name: '[WT5] 403: a line that is no signature, and so none of the log',
      body: async () => concatBytes(formatAddCheckpoint(0, [], await sign(head5)), formatUtf8('— a not-base64\n')),
      status: 403,
    },
    {
      name: '[WT6] 400: a beginning that is malformed, before the conflict',
      body: async () => concatBytes(formatUtf8('old 05\n\n'), await sign(headAt(8))),
      of: known(5),
      status: 400,
    },
    {
      name: '[WT6] 400: a hash of another length',
      body: async () => concatBytes(formatUtf8('old 5\nAAAA\n\n'), await sign(headAt(8))),
      of: known(5),
      status: 400,
    },
    {
      name: '[WT6] 400: 64 hashes',
      body: async () => {
        const hashes = `${otherRoot.toBase64()}\n`.repeat(64)
        return concatBytes(formatUtf8(`old 5\n${hashes}\n`), await sign(headAt(8)))
      },
      of: known(5),
      status: 400,
    },
    {
      name: '[WT6] 400: a signed text that is no checkpoint',
      body: async () => formatAddCheckpoint(0, [], await signText(`${origin}\nfive\n${otherRoot.toBase64()}\n`)),
      status: 400,
    },
    {
      name: '[WT6] 400: an extension line',
      body: async () => formatAddCheckpoint(0, [], await signText(`${origin}\n5\n${otherRoot.toBase64()}\nmore\n`)),
      status: 400,
    },
    {
      name: '[WT6] 400: an old size above the size, before the conflict',
      body: async () => formatAddCheckpoint(6, [], await sign(head5)),
      status: 400,
    },
    {
      name: '[WT7] 409: another size than the last cosigned, before the proof',
      body: async () => formatAddCheckpoint(4, [otherRoot], await sign(headAt(8))),
      of: known(5),
      status: 409,
    },
    {
      name: '[WT7] 409: from 0 when something was cosigned',
      body: async () => formatAddCheckpoint(0, [], await sign(head5)),
      of: known(5),
      status: 409,
    },
    {
      name: '[WT8] 422: an empty tree with the root of something',
      body: async () => formatAddCheckpoint(0, [], await sign({ origin, size: 0, root: otherRoot })),
      status: 422,
    },
    {
      name: '[WT8] 422: a proof from the empty tree',
      body: async () => formatAddCheckpoint(0, [otherRoot], await sign(head5)),
      status: 422,
    },
    {
      name: '[WT8] 422: a proof that fails',
      body: async () => formatAddCheckpoint(5, [otherRoot, ...(await proof(5, 8))], await sign(headAt(8))),
      of: known(5),
      status: 422,
    },
    {
      name: '[WT8] 422: no proof where one is needed',
      body: async () => formatAddCheckpoint(4, [], await sign(headAt(8))),
      of: known(4),
      status: 422,
    },
    {
      name: '[WT9] 422: another root at the size that was cosigned',
      body: async () => formatAddCheckpoint(5, [], await sign({ ...head5, root: otherRoot })),
      of: known(5),
      status: 422,
    },
    {
      name: '[WT9] 422: a proof between equal sizes',
      body: async () => formatAddCheckpoint(5, [otherRoot], await sign(head5)),
      of: known(5),
      status: 422,
    },
  ]
  test.each(refusals)('$name', async ({ body, of, status }) => {
    expect((await process(await body(), of)).status).toBe(status)
  })

  test('[WT4] 404: a log that is not known at all', async () => {
    const request = parseAddCheckpoint(formatAddCheckpoint(0, [], await sign(head5)))
    expect(await processAddCheckpoint(nodeCrypto, undefined, request)).toEqual({ kind: 'unknown', status: 404 })
  })

  test('[WT7] a conflict says the size that was last cosigned, and 0 when none was', async () => {
    expect(await process(formatAddCheckpoint(4, [], await sign(headAt(8))), known(5))).toMatchObject({ size: 5 })
    expect(await process(formatAddCheckpoint(4, [], await sign(headAt(8))))).toMatchObject({ size: 0 })
  })

  test('[WT10] what the log signed is kept with a refusal, as evidence', async () => {
    const forked = { ...head5, root: otherRoot }
    expect(await process(formatAddCheckpoint(5, [], await sign(forked)), known(5))).toMatchObject({
      kind: 'unproven',
      checkpoint: forked,
    })
    expect(await process(formatAddCheckpoint(4, [], await sign(forked)), known(5))).toMatchObject({
      kind: 'conflict',
      checkpoint: forked,
    })
  })
})

describe('reading a request', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['no empty line', formatUtf8('old 0\n')],
    ['no note after the empty line', formatUtf8('old 0\n\n')],
    ['a note without signatures', formatUtf8(`old 0\n\n${origin}\n0\nAAAA\n\n`)],
    ['too much', new Uint8Array(addCheckpointBytesMax + 1).fill(10)],
  ])('[WT11] %s has no checkpoint', (_name, body) => {
    expect(refusalOf(() => parseAddCheckpoint(body))).toBe('witness.malformed')
  })

  test('[WT11] is not written with 64 hashes or a size that is none', async () => {
    const note = await sign(headAt(5))
    const hashes = Array.from({ length: 64 }, () => emptyRoot(nodeCrypto))
    expect(refusalOf(() => formatAddCheckpoint(1, hashes, note))).toBe('witness.malformed')
    expect(refusalOf(() => formatAddCheckpoint(-1, [], note))).toBe('tree.size')
    expect(refusalOf(() => formatAddCheckpoint(1, [new Uint8Array(3)], note))).toBe('tree.hash')
  })

  test('[WT12] a request changed in one byte never moves the witness to another head', async () => {
    const body = formatAddCheckpoint(5, await proof(5, 13), await sign(headAt(13)))
    await fc.assert(
      fc.asyncProperty(flippedByte(body), async (flipped) => {
        if (refusalOf(() => parseAddCheckpoint(flipped)) !== 'accepted') return
        expect([400, 403, 404, 409, 422]).toContain((await process(flipped, known(5))).status)
      }),
      { numRuns: 300 },
    )
  })
})

test('[WT12] whatever is asked, a witness only ever moves to what extends its last head', async () => {
  const fork = new MemoryTree(nodeCrypto)
  for (let i = 0; i < 20; i++) fork.append(leafHash(nodeCrypto, Uint8Array.of(i < 9 ? i : i + 100)))
  const trees = [tree, fork]
  const step = fc.record({ of: fc.constantFrom(0, 1), from: fc.nat(20), size: fc.nat(20), honest: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      let cosigned: CosignedHead | undefined
      for (const { of, from, size, honest } of steps) {
        const source = trees[of]!
        const oldSize = Math.min(honest ? (cosigned?.size ?? 0) : from, size)
        const hashes = oldSize === 0 ? [] : await proveConsistency(nodeCrypto, source, oldSize, size)
        const body = formatAddCheckpoint(oldSize, hashes, await sign({ origin, size, root: source.root(size) }))
        const outcome = await process(body, cosigned === undefined ? log : { ...log, cosigned })
        if (outcome.kind !== 'extends') continue
        const before = cosigned?.size ?? 0
        expect(outcome.cosigned.size).toBeGreaterThanOrEqual(before)
        if (cosigned !== undefined) expect(source.root(before)).toEqual(cosigned.root)
        ;({ cosigned } = outcome)
      }
    }),
    { numRuns: 40 },
  )
})

describePublished('witness', (vectors) => {
  const published = vectors.readJson<{
    log: { origin: string; publicKeyHex: string }
    steps: { name: string; body: string; wantStatus: number; wantBodyContains: string }[]
    parseBody: { name: string; body: string; wantErr?: boolean }[]
  }>('add-checkpoint.json')

  test('[WT1] [WT2] [WT4] [WT5] [WT6] [WT7] [WT8] the published steps get the published answers', async () => {
    const { origin, publicKeyHex } = published.log
    const publicKey = Uint8Array.fromHex(publicKeyHex)
    let log: WitnessedLog = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, publicKey)] }
    for (const { name, body, wantStatus, wantBodyContains } of published.steps) {
      const bytes = formatUtf8(body)
      if (refusalOf(() => parseAddCheckpoint(bytes)) !== 'accepted') {
        expect(wantStatus, name).toBe(400)
        continue
      }
      const request = parseAddCheckpoint(bytes)
      const outcome = await processAddCheckpoint(nodeCrypto, request.origin === origin ? log : undefined, request)
      expect(outcome.status, name).toBe(wantStatus)
      if (outcome.kind === 'extends') log = { ...log, cosigned: outcome.cosigned }
      if (outcome.kind === 'conflict') expect(`${outcome.size}\n`, name).toBe(wantBodyContains)
    }
    expect(log.cosigned?.size).toBe(5)
  })

  // The published code does not look at the length of a hash, and its requests say the size without the word before it.
  test.each(published.parseBody)('[WT6] [WT11] $name', async ({ body }) => {
    const bytes = formatUtf8(body)
    const refusal = refusalOf(() => parseAddCheckpoint(bytes))
    if (refusal !== 'accepted') {
      expect(refusal).toBe('witness.malformed')
      return
    }
    const request = parseAddCheckpoint(bytes)
    const outcome = await processAddCheckpoint(nodeCrypto, { origin: request.origin, keys: [] }, request)
    expect(outcome.status).toBe(403)
  })
})
