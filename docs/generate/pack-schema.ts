// Writes agreements/pack.schema.json, the JSON Schema of agreement packs, from the shape that packs are compiled by. Run it
// with `node docs/generate/pack-schema.ts` after changing the shape; a test fails while the file is stale.

import { writeFileSync } from 'node:fs'
import { formatPackSchema } from '@parley/mechanism'

const file = new URL('../../agreements/pack.schema.json', import.meta.url)
if (import.meta.main) writeFileSync(file, `${JSON.stringify(formatPackSchema(), null, 2)}\n`)
