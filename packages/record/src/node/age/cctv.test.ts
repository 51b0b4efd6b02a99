// The age vectors of C2SP/CCTV that concern X25519: each opened whole, streamed, and byte by byte.

import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { refusalOf, refusalOfAsync } from '../../../test-support/refusal.ts'
import { describePublished } from '../../../test-support/shared-vectors.ts'
import type { PublishedVectors } from '../../../test-support/shared-vectors.ts'
import { open, openStream, openWithFileKey, parseIdentity } from './index.ts'

interface Vector {
  readonly name: string
  readonly fields: ReadonlyMap<string, string>
  readonly identities: readonly string[]
  readonly file: Uint8Array
}

const codes = new Map([
  ['success', 'accepted'],
  ['header failure', 'age.malformed'],
  ['HMAC failure', 'age.header'],
  ['no match', 'age.no-identity'],
  ['payload failure', 'age.payload'],
])

function readVector(vectors: PublishedVectors, path: string): Vector {
  const bytes = Buffer.from(vectors.readBytes(path))
  const end = bytes.indexOf('\n\n')
  const lines = bytes.subarray(0, end).toString('utf8').split('\n')
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const)
  const fields = new Map(pairs)
  const rest = bytes.subarray(end + 2)
  const file = new Uint8Array(fields.get('compressed') === 'zlib' ? inflateSync(rest) : rest)
  const identities = pairs
    .filter(([name, value]) => name === 'identity' && !value.includes('-PQ-'))
    .map(([, value]) => value)
  return { name: path.split('/').at(-1)!, fields, identities, file }
}

function whyPassedOver(vector: Vector): string | undefined {
  if (vector.fields.has('armored')) return 'armour'
  if (vector.identities.length > 0) return undefined
  return vector.fields.has('passphrase') ? 'passphrase' : 'hybrid identity'
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function* byteByByte(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1)
}

describePublished('age-cctv', (vectors) => {
  const all = vectors.listFiles('age/testdata').map((path) => readVector(vectors, path))
  const spoken = all.filter((vector) => whyPassedOver(vector) === undefined)

  test('[AG4] the vectors are those expected, and only armour, passphrases and hybrid identities are passed over', () => {
    const passedOver: Record<string, number> = {}
    for (const vector of all) {
      const why = whyPassedOver(vector)
      if (why !== undefined) passedOver[why] = (passedOver[why] ?? 0) + 1
    }
    expect(all.length).toBe(143)
    expect(passedOver).toEqual({ armour: 33, passphrase: 24, 'hybrid identity': 18 })
  })

  test.each(spoken.map((vector) => [vector.name, vector] as const))('[AG4] %s', async (_name, vector) => {
    const expected = codes.get(vector.fields.get('expect')!)
    const identities = vector.identities.map(parseIdentity)
    let whole: Uint8Array | undefined
    expect(refusalOf(() => (whole = open(vector.file, identities)))).toBe(expected)
    if (expected === 'accepted') {
      expect(digestOf(whole!)).toBe(vector.fields.get('payload'))
      const fileKey = Uint8Array.fromHex(vector.fields.get('file key')!)
      expect(digestOf(openWithFileKey(vector.file, fileKey))).toBe(vector.fields.get('payload'))
    }
    const sources = vector.file.length > 100_000 ? [[vector.file]] : [[vector.file], byteByByte(vector.file)]
    for (const source of sources) {
      const digest = createHash('sha256')
      const code = await refusalOfAsync(async () => {
        for await (const piece of openStream(source, identities)) digest.update(piece)
      })
      expect(code).toBe(expected)
      const payload = vector.fields.get('payload')
      // What a stream hands out before it fails is what the vector says, and not a byte more.
      if (payload !== undefined) expect(digest.digest('hex')).toBe(payload)
    }
  })
})
