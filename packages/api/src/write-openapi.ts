// Writes openapi/parley.json from the contract: `node packages/api/src/write-openapi.ts`.

import { writeFileSync } from 'node:fs'
import { formatOpenapi } from './openapi.ts'

writeFileSync(new URL('../../../openapi/parley.json', import.meta.url), formatOpenapi())
