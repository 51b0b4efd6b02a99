// Our own vectors of bundles (vectors/record/bundle.json).

import { describe, expect, test } from 'vitest'
import { applyEdit } from '../test-support/edits.ts'
import type { Edit } from '../test-support/edits.ts'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatBundle, parseBundle, parseBundleStream } from './bundle.ts'
import type { BundleManifest, BundleReader } from './bundle-manifest.ts'
import { parseHex, parseUtf8 } from './bytes.ts'
import { nodeCrypto } from './node/index.ts'

interface BundleVectors {
  bundles: { name: string; bundle: string; label: string; manifest: BundleManifest; genesis: string }[]
  readers: { name: string; reader: BundleReader; code: string | null }[]
  refused: { name: string; edit: Edit; code: string }[]
}

const vectors = readRecordVectors<BundleVectors>('bundle')
const transport = parseHex(vectors.bundles.find(({ name }) => name === 'transport')!.bundle)

describe('vectors/record/bundle.json', () => {
  test.each(vectors.bundles)('[BN1] $name', ({ bundle: hex, label, manifest, genesis }) => {
    const bundle = parseBundle(nodeCrypto, parseHex(hex))
    expect(bundle.label).toBe(label)
    expect(bundle.manifest).toEqual(manifest)
    expect(parseUtf8(bundle.genesis.bytes)).toBe(genesis)
    const again = formatBundle(nodeCrypto, {
      ...bundle.manifest,
      ...(bundle.policy === undefined ? {} : { policy: bundle.policy }),
      genesis: bundle.genesis.bytes,
      cards: bundle.cards,
      deliveries: bundle.deliveries.map(({ frame }) => frame),
      bodies: bundle.bodies.map(({ bytes }) => bytes),
    })
    expect(again.toHex()).toBe(hex)
  })

  test.each(vectors.readers)('[BN5] read by $name', ({ reader, code }) => {
    expect(refusalOf(() => parseBundle(nodeCrypto, transport, reader))).toBe(code ?? 'accepted')
  })

  test.each(vectors.refused)('[BN8] $code: $name', async ({ edit, code }) => {
    const changed = applyEdit(transport, edit)
    expect(refusalOf(() => parseBundle(nodeCrypto, changed))).toBe(code)
    expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, [changed]))).toBe(code)
  })
})
