import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatVectors, recordVectors } from './record.ts'

test('vectors/record is what the generator writes', async () => {
  for (const [name, vectors] of await recordVectors()) {
    const written = readFileSync(new URL(`../record/${name}`, import.meta.url), 'utf8')
    expect(written, `${name} is stale: run node vectors/generate/record.ts`).toBe(formatVectors(vectors))
  }
})
