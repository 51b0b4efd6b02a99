// A process that seals a long file, leaves it in the middle, goes on with it and reads it through, and says how many bytes of
// memory it took at most. Arguments: an empty folder, the length of the file in MB.

import { join } from 'node:path'
import { formatRecipient, generateIdentity, nodeCrypto, recipientOf } from '@parley/record/node'
import { openDatabase } from '../src/db/database.ts'
import { openEvidenceFolder } from '../src/evidence/evidence-folder.ts'
import { readSealedFacts } from '../src/evidence/read-sealed-facts.ts'
import { createUploads } from '../src/evidence/uploads.ts'
import type { Uploads } from '../src/evidence/uploads.ts'

const [home = '', megabytes] = process.argv.slice(2)
const length = Number(megabytes) * 1e6
const pieceLength = 4 * 1024 * 1024
const owner = { channel: 'c', account: 'liaison' }
const archive = generateIdentity()
const database = await openDatabase(`sqlite:${join(home, 'database.sqlite')}`)
const folder = await openEvidenceFolder(join(home, 'evidence'))
const start = (): Uploads =>
  createUploads({
    crypto: nodeCrypto,
    clock: () => 0,
    database,
    folder,
    archive,
    isRecorded: () => Promise.resolve(false),
  })

async function send(uploads: Uploads, id: string, until: number): Promise<string | null> {
  let view = await uploads.view(owner, id)
  while (view.offset < until && view.subject === null) {
    const piece = new Uint8Array(Math.min(pieceLength, length - view.offset)).fill(7)
    view = await uploads.append(owner, id, view.offset, piece, ({ sealed }) => Promise.resolve(sealed.ciphertext))
  }
  return view.subject
}

const first = start()
const { id } = await first.begin(owner, length, '', [formatRecipient(recipientOf(archive))])
await send(first, id, length / 2)
await first.close()
const second = start()
const digest = await send(second, id, length)
await second.close()
const facts = await readSealedFacts(nodeCrypto, folder.itemPath(digest ?? ''))
await database.close()
if (facts.ciphertext !== digest) throw new Error('the file is not what was sealed')
process.stdout.write(String(process.resourceUsage().maxRSS * 1024))
