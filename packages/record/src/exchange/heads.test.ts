import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../../test-support/refusal.ts'
import { signerOf } from '../../test-support/parties.ts'
import { readerOf, WrittenLog } from '../../test-support/written-log.ts'
import { nodeCrypto } from '../node/index.ts'
import { appendSignatureLines } from '../note.ts'
import { createVerifierKey } from '../verifier-key.ts'
import { cosignHead } from './answer.ts'
import { composeHeads, headsCountMax, openHeads, parseHeads, type ShownHead } from './heads.ts'
import type { KeyLookup } from './key-lookup.ts'

const [ash, birch, cedar] = ['ash', 'birch', 'cedar'].map((party) => new WrittenLog(party, 5)) as [
  WrittenLog,
  WrittenLog,
  WrittenLog,
]
const mirror = { name: 'birch.parley.example/mirror', signer: signerOf('birch mirror') }
const keys: KeyLookup = {
  verifierKeysOf: ({ origin }) =>
    [ash, birch, cedar]
      .filter((log) => log.origin === origin)
      .map((log) => createVerifierKey(nodeCrypto, 'ed25519', origin, log.signer.publicKey)),
  cosignerKeysOf: () => [createVerifierKey(nodeCrypto, 'cosignature/v1', mirror.name, mirror.signer.publicKey)],
}
const show = async (log: WrittenLog, size = 5): Promise<ShownHead> => ({
  origin: log.origin,
  note: (await log.signedHead(size)).note,
})
const isOwn = (origin: string): boolean => origin === ash.origin

const open = (bytes: Uint8Array, reader = readerOf([ash, 5], [birch, 3])) =>
  openHeads(nodeCrypto, reader, keys, isOwn, bytes)

test('[EX13] a list of heads comes back as it was, sorted by origin', async () => {
  const shown = [await show(birch), await show(ash)]
  expect(parseHeads(composeHeads(shown))).toEqual(shown.toReversed())
  expect(parseHeads(composeHeads([]))).toEqual([])
})

test('[EX13] a log twice, heads out of order and a list that is too long are refused', async () => {
  const [one, two] = [await show(ash), await show(birch)]
  expect(refusalOf(() => composeHeads([one, one]))).toBe('heads.malformed')
  const bytes = composeHeads([one, two])
  const begun = bytes.length - composeHeads([two]).length
  const headBytes = composeHeads([]).length
  const [first, second] = [bytes.slice(headBytes, headBytes + begun), bytes.slice(headBytes + begun)]
  const swapped = new Uint8Array([...bytes.slice(0, headBytes), ...second, ...first])
  expect(refusalOf(() => parseHeads(swapped))).toBe('heads.malformed')
  expect(refusalOf(() => parseHeads(bytes.slice(0, -1)))).toBe('heads.malformed')
  expect(refusalOf(() => parseHeads(new Uint8Array([...bytes, 0])))).toBe('heads.malformed')
  const many = Array.from({ length: headsCountMax + 1 }, (_, i) => ({ ...one, origin: `a${i}.example/governance` }))
  expect(refusalOf(() => composeHeads(many))).toBe('heads.limit')
})

test('[EX14] heads of logs that are kept are opened, with the root of our copy where it is large enough', async () => {
  const { heads } = await open(composeHeads([await show(ash, 4), await show(birch), await show(cedar)]))
  expect(heads.map(({ origin, head, ours }) => [origin, head.size, ours])).toEqual([
    [ash.origin, 4, ash.tree.root(4)],
    [birch.origin, 5, undefined],
  ])
})

test('[EX14] cosignature lines that are known come along', async () => {
  const { note, origin } = await show(ash)
  const lines = await cosignHead(nodeCrypto, [mirror], origin, { ...ash.head(), time: 9 })
  const { cosignatures } = await open(composeHeads([{ origin, note: appendSignatureLines(note, lines) }]))
  expect(cosignatures.map(({ cosigner, head, time }) => [cosigner.name, head.size, time])).toEqual([
    [mirror.name, 5, 9],
  ])
})

test('[EX15] a head of our own log that does not verify refuses the whole list', async () => {
  const forged = { origin: ash.origin, note: (await birch.signedHead()).note }
  expect(await refusalOfAsync(() => open(composeHeads([forged])))).toBe('note.unverified')
})

test('[EX15] a head of another log that does not verify is passed over', async () => {
  const forged = { origin: birch.origin, note: (await cedar.signedHead()).note }
  const { heads } = await open(composeHeads([await show(ash), forged]))
  expect(heads.map(({ origin }) => origin)).toEqual([ash.origin])
})

test('[EX15] one changed byte is refused, or hides a log; it never changes a head', async () => {
  const whole = composeHeads([await show(ash), await show(birch)])
  await fc.assert(
    fc.asyncProperty(flippedByte(whole), async (bytes) => {
      const codes = /^(heads|note|checkpoint|json|bytes)\./
      let roots: string[] = []
      const refusal = await refusalOfAsync(async () => {
        roots = (await open(bytes)).heads.map(({ head }) => head.root.toHex())
      })
      if (refusal !== 'accepted') expect(refusal).toMatch(codes)
      for (const root of roots) expect([ash, birch].map((log) => log.tree.root().toHex())).toContain(root)
    }),
    { numRuns: 300 },
  )
})
