// A process that seals an upload until it kills itself in the middle of a write, as a lost power would. It goes on from
// whatever it finds, with bytes of its own, and says where: lines of its output are `offset N` and `subject ID`.
// Arguments: the home, the length of the file, the byte that its file is filled with, the written byte that it dies at.

import { join } from 'node:path'
import { nodeCrypto, parseIdentity, recipientOf, formatRecipient } from '@parley/record/node'
import { openDatabase } from '../src/db/database.ts'
import { openEvidenceFolder } from '../src/evidence/evidence-folder.ts'
import { createUploads } from '../src/evidence/uploads.ts'
import { createSmallDisk, onSmallDisk } from './small-disk.ts'

const [home = '', lengthText, fill, dieAt, identity = ''] = process.argv.slice(2)
const pieceLength = 100_003
const length = Number(lengthText)
const owner = { channel: 'c', account: 'liaison' }
const archive = parseIdentity(identity)

const disk = createSmallDisk(Number(dieAt))
disk.full = () => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}
const database = await openDatabase(`sqlite:${join(home, 'database.sqlite')}`)
const folder = await openEvidenceFolder(join(home, 'evidence'))
await folder.removeHalves()
const uploads = createUploads({
  crypto: nodeCrypto,
  clock: () => 0,
  database,
  folder: onSmallDisk(folder, disk),
  archive,
  isRecorded: () => Promise.resolve(false),
})
const [known] = await uploads.list(owner)
let view = known ?? (await uploads.begin(owner, length, '', [formatRecipient(recipientOf(archive))]))
process.stdout.write(`offset ${view.offset}\n`)
while (view.subject === null) {
  const piece = new Uint8Array(Math.min(pieceLength, length - view.offset)).fill(Number(fill))
  view = await uploads.append(owner, view.id, view.offset, piece, ({ sealed }) => Promise.resolve(sealed.ciphertext))
}
process.stdout.write(`subject ${view.subject}\n`)
await uploads.close()
await database.close()
