// What people do with evidence: begin an upload, have the whole file recorded as an item, hand the file out for an act that
// says what for. The file's name and what was said of it go into the sealed body; the entry holds codes and digests.

import { createHash } from 'node:crypto'
import type { CanonicalObject } from '@parley/record'
import type { EvidenceState } from '@parley/mechanism'
import { readSubjects } from '../db/subjects.ts'
import { openSealedFile } from '../evidence/file-opening.ts'
import type { OpenedFile } from '../evidence/file-opening.ts'
import type { Completed, UploadOwner, UploadView } from '../evidence/uploads.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import type { Act } from '@parley/mechanism'
import { recordAct } from './act.ts'
import { checkNamedRequest } from './named-request.ts'
import { refuseAboveCeiling } from './guidelines.ts'

/** For so long after an act that says what for is the file handed out. */
export const handingOutMillisecondsMax = 15 * 60 * 1000

/** What is said of a file when its upload begins. */
export interface EvidenceOrder {
  readonly filename: string
  readonly description: string
  readonly language: string
  readonly media: string
  readonly handling: string
  readonly request?: string
  readonly use?: string
  readonly conditions?: readonly string[]
  /** The parties it is for, besides our own. */
  readonly to: readonly string[]
  readonly exercise?: true
}

/**
 * Begins one, unless the item that it would become would be refused: better now than when the last byte has come and is sealed.
 *
 * @throws ServerError `upload.*`, `evidence.storage`, `channel.unknown`, `entry.refused`; RecordError `governance.key`
 */
export async function beginUpload(
  node: ParleyNode,
  owner: UploadOwner,
  length: number,
  order: EvidenceOrder,
): Promise<UploadView> {
  const { evidence, registry } = node
  await refuseAboveCeiling(node, owner.channel, { type: 'evidence.sealed', data: { handling: order.handling } })
  const { exercise, request } = order
  await checkNamedRequest(node, owner.channel, { request, exercise: exercise === true })
  const parties = [...new Set([registry.self, ...order.to])].sort()
  const recipients = parties.map((party) => ({ party, age: registry.key(party, 'sealing') }))
  const archive = registry.key(registry.self, 'archive')
  const keys = [...new Set([...recipients.map(({ age }) => age), archive])]
  const said = { order, recipients: recipients.map(({ age, party }) => ({ party, key: digestOf(age) })) }
  return evidence.uploads.begin(owner, length, JSON.stringify(said), keys)
}

/**
 * Records the item that an upload became; sent again after a crash, it is recorded once.
 *
 * @throws as `recordAct`.
 */
export async function recordSealed(node: ParleyNode, channel: string, completed: Completed): Promise<string> {
  const { order, recipients } = JSON.parse(completed.said) as {
    order: EvidenceOrder
    recipients: readonly { party: string; key: string }[]
  }
  const { bytes, ciphertext, commitment, pieces, size } = completed.sealed
  const { conditions, exercise, handling, media, request, use } = order
  const data: CanonicalObject = {
    ciphertext,
    pieces,
    commitment,
    bytes,
    size,
    media,
    handling,
    recipients: recipients.map(({ key, party }) => ({ party, key })),
    ...(request === undefined ? {} : { request }),
    ...(use === undefined ? {} : { use }),
    ...(conditions === undefined ? {} : { conditions: [...conditions] }),
  }
  const { digest } = await recordAct(node, channel, {
    type: 'evidence.sealed',
    data,
    body: {
      v: 1,
      texts: [{ language: order.language, text: order.description, role: 'original' }],
      fields: { 'file-name': order.filename },
    },
    ...(exercise === undefined ? {} : { exercise }),
    idempotencyKey: `evidence.sealed ${completed.id}`,
  })
  return digest
}

/**
 * The file of an item, for an act of our own party that opened or copied it a moment ago.
 *
 * @throws ServerError `evidence.unknown`, `evidence.missing`, `evidence.damaged`, `evidence.unstated`.
 */
export async function handOut(node: ParleyNode, channel: string, id: string, act: string): Promise<OpenedFile> {
  const { database, evidence, keyring } = node
  const state = await readItem(node, channel, id)
  const [row] = await readSubjects(database.reader, channel, [id])
  const acts = row === undefined ? [] : (JSON.parse(row.acts) as Act[])
  if (!listHandingOut(node, state, acts).some(({ digest }) => digest === act)) {
    throw new ServerError('evidence.unstated', 'no act of a moment ago says what the file is opened or copied for')
  }
  const path = evidence.folder.itemPath(state.ciphertext)
  return openSealedFile(path, [keyring.sealing, keyring.archive], state)
}

/** The acts of our own party for which the file is handed out now. */
export function listHandingOut({ clock, registry }: ParleyNode, state: EvidenceState, acts: readonly Act[]): Act[] {
  const now = clock()
  if (state.custody.some(({ erased, party }) => party === registry.self && erased !== undefined)) return []
  return acts.filter(
    ({ at, party, type }) =>
      party === registry.self &&
      (type === 'evidence.opened' || type === 'evidence.copied') &&
      now - at <= handingOutMillisecondsMax,
  )
}

/** @throws ServerError `evidence.unknown` */
export async function readItem(
  { evidence, registry }: ParleyNode,
  channel: string,
  id: string,
): Promise<EvidenceState> {
  registry.channel(channel)
  const state = await evidence.readItem(channel, id)
  if (state === undefined) throw new ServerError('evidence.unknown', 'there is no such item of evidence')
  return state
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
