// A process that commits to the database it is told and says what was acknowledged, until it is killed. Each line of its
// output is a position of log 1 that is durable, or `ready`. It goes on from whatever it finds.

import { openDatabase } from '../src/db/database.ts'
import { insertEntries } from '../src/db/entries.ts'
import { takeIdempotencyKeys } from '../src/db/idempotency.ts'
import { growLog, listLogs } from '../src/db/logs.ts'
import { putTiles } from '../src/db/tiles.ts'
import { digestOf, sampleEntry } from './stored-rows.ts'

const [url = '', batchText] = process.argv.slice(2)
const batchMax = Number(batchText)
const database = await openDatabase(url)
void database.failed.then(() => process.exit(3))
let size = (await listLogs(database.reader)).at(0)?.size ?? 0
process.stdout.write('ready\n')

for (let turn = 0; ; turn++) {
  const count = 1 + (turn % batchMax)
  const positions = Array.from({ length: count }, (_, i) => size + i)
  const width = ((size + count - 1) % 256) + 1
  const tile = {
    log: 1,
    level: 0,
    position: Math.floor((size + count - 1) / 256),
    width,
    hashes: new Uint8Array(32 * width),
  }
  await database.writer.commit([
    ...insertEntries(positions.map((position) => sampleEntry(1, position))),
    ...takeIdempotencyKeys(
      positions.map((position) => ({ key: `key ${position}`, log: 1, position, created: position })),
    ),
    ...putTiles([tile]),
    growLog({
      id: 1,
      from: size,
      size: size + count,
      root: digestOf(`root ${size + count}`),
      frontier: digestOf(`frontier ${size + count}`),
      effectiveSeen: '[]',
    }),
  ])
  size += count
  // Written at once, so that whoever reads the line knows that the commit came before the kill.
  process.stdout.write(positions.map((position) => `${position}\n`).join(''))
}
