// The evidence of one node: what is held, what is on its way in, and what a peer may have of it. What an item is, its state
// says, computed from the entries; the files only follow it.

import type { Crypto } from '@parley/record'
import { pieceBytes } from '@parley/record'
import type { EvidenceState, SubjectState } from '@parley/mechanism'
import { open, stat } from 'node:fs/promises'
import type { Database } from '../db/database.ts'
import { readSubjects } from '../db/subjects.ts'
import { listItems } from './list-items.ts'
import type { Keyring } from '../keys/keyring.ts'
import { openEvidenceFolder } from './evidence-folder.ts'
import type { EvidenceFolder } from './evidence-folder.ts'
import { createUploads } from './uploads.ts'
import type { Uploads } from './uploads.ts'

export interface EvidenceStore {
  readonly folder: EvidenceFolder
  readonly uploads: Uploads
  /** The state of an item, or undefined when the subject is none. */
  readItem(channel: string, id: string): Promise<EvidenceState | undefined>
  /** How much of an item's file is here. */
  viewHeld(state: EvidenceState): Promise<{ readonly state: 'held' | 'arriving' | 'absent'; readonly bytes: number }>
  /** The hashes of the pieces one after the other, for a party that the item was handed to; undefined for everybody else. */
  giveHashes(party: string, channel: string, id: string): Promise<Uint8Array | undefined>
  /** One piece of the sealed file, from 0, to the same. */
  givePiece(party: string, channel: string, id: string, index: number): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

export async function openEvidenceStore(
  folderPath: string,
  parts: {
    readonly crypto: Crypto
    readonly clock: () => number
    readonly database: Database
    readonly keyring: Keyring
  },
): Promise<EvidenceStore> {
  const { clock, crypto, database, keyring } = parts
  const folder = await openEvidenceFolder(folderPath)
  await folder.removeHalves()
  const uploads = createUploads({ crypto, clock, database, folder, archive: keyring.archive, isRecorded })

  async function readItem(channel: string, id: string): Promise<EvidenceState | undefined> {
    const [row] = await readSubjects(database.reader, channel, [id])
    if (row?.topic !== 'evidence') return undefined
    return (JSON.parse(row.state) as Extract<SubjectState, { topic: 'evidence' }>).state
  }

  async function isRecorded(channel: string, ciphertext: string): Promise<boolean> {
    for await (const { state } of listItems(database.reader, channel)) {
      if (state.ciphertext === ciphertext) return true
    }
    return false
  }

  /** Only an item that was handed to the party, and that this node holds. */
  async function findGiven(party: string, channel: string, id: string): Promise<EvidenceState | undefined> {
    const state = await readItem(channel, id)
    const custody = state?.custody.find((one) => one.party === party)
    if (state === undefined || custody?.given === undefined || custody.erased !== undefined) return undefined
    return (await folder.sizeOf(state.ciphertext)) === undefined ? undefined : state
  }

  return {
    folder,
    uploads,
    readItem,
    async viewHeld({ bytes, ciphertext }) {
      if ((await folder.sizeOf(ciphertext)) !== undefined) return { state: 'held', bytes }
      const arriving = await stat(folder.arrivalPath(ciphertext)).catch(() => undefined)
      return arriving === undefined ? { state: 'absent', bytes: 0 } : { state: 'arriving', bytes: arriving.size }
    },
    async giveHashes(party, channel, id) {
      const state = await findGiven(party, channel, id)
      return state === undefined ? undefined : new Uint8Array(Buffer.concat(await folder.readHashes(state.ciphertext)))
    },
    async givePiece(party, channel, id, index) {
      const state = await findGiven(party, channel, id)
      if (state === undefined || index * pieceBytes >= state.bytes) return undefined
      const file = await open(folder.itemPath(state.ciphertext), 'r')
      try {
        const piece = new Uint8Array(Math.min(pieceBytes, state.bytes - index * pieceBytes))
        await file.read(piece, 0, piece.length, index * pieceBytes)
        return piece
      } finally {
        await file.close()
      }
    },
    close: () => uploads.close(),
  }
}
