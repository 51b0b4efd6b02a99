// The operations on evidence: lists, one item with the custody of each party, the file itself, and the certificate.

import { formatCanonical, formatHex } from '@parley/record'
import type { Act, EvidenceState, SubjectState } from '@parley/mechanism'
import type { EvidenceRow, Operations, StateObject } from '@parley/api'
import { pageRowsMax } from '../db/page.ts'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import { formatCertificate } from '../desk/custody-certificate.ts'
import { handingOutMillisecondsMax, handOut, listHandingOut, readItem } from '../desk/evidence.ts'
import { openStoredBody } from '../desk/open-body.ts'
import { archiveBag } from '../evidence/bag-archive.ts'
import { streamFile } from '../evidence/stream-file.ts'
import { streamOf } from '../evidence/stream-of.ts'
import { safeFileName } from '../http/attachment.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { formatCursor, parseCursor } from './cursor.ts'
import { viewMay } from './may-views.ts'
import { readSubject } from './subject-acts.ts'

const limitDefault = 50
/** Rows that the evidence of one request is looked for among; an older item is found by its own page. */
const searchedRowsMax = 1000

type EvidenceSubject = Extract<SubjectState, { topic: 'evidence' }>

export function createListEvidence(node: ParleyNode): Handler<Operations['listEvidence']> {
  return async ({ params: { channel }, query }) => {
    node.registry.channel(channel)
    const limit = query.limit ?? limitDefault
    const items: EvidenceRow[] = []
    let before = parseCursor(query.cursor)
    for (let searched = 0; searched < searchedRowsMax;) {
      const filter = { channels: [channel], topic: 'evidence', limit: pageRowsMax }
      const rows = await listSubjects(node.database.reader, before === undefined ? filter : { ...filter, before })
      for (const { changed, id, state } of rows) {
        const viewed = (JSON.parse(state) as EvidenceSubject).state
        if (query.request === undefined || viewed.request === query.request) {
          if (items.length === limit) return { items, next: before === undefined ? null : formatCursor(before) }
          items.push(await viewRow(node, channel, id, viewed))
        }
        before = changed
        searched += 1
      }
      if (rows.length < pageRowsMax) return { items, next: null }
    }
    return { items, next: before === undefined ? null : formatCursor(before) }
  }
}

async function viewRow(node: ParleyNode, channel: string, id: string, state: EvidenceState): Promise<EvidenceRow> {
  const { bytes, custody, exercise, from, handling, media, request, status } = state
  return {
    id,
    from,
    request: request ?? null,
    status,
    media,
    handling,
    exercise,
    bytes,
    name: await readName(node, channel, id),
    custody: custody.map(({ party, status: of }) => ({ party, status: of })),
    held: await node.evidence.viewHeld(state),
  }
}

/** What the file is called, as far as this node can read it. */
async function readName(node: ParleyNode, channel: string, id: string): Promise<string | null> {
  const [row] = await readSubjects(node.database.reader, channel, [id])
  const sealing = row === undefined ? undefined : (JSON.parse(row.acts) as Act[]).find(({ digest }) => digest === id)
  if (sealing?.body === undefined) return null
  const found = await openStoredBody(node, sealing.body as Parameters<typeof openStoredBody>[1])
  return found.state === 'opened' ? (found.content.fields?.['file-name'] ?? null) : null
}

export function createViewEvidence(node: ParleyNode): Handler<Operations['viewEvidence']> {
  return async ({ params: { channel, id } }) => {
    node.registry.channel(channel)
    const { acts, agreement, state } = await readSubject(node, channel, id)
    if (state?.topic !== 'evidence') {
      throw new HttpError('evidence.not-found', 'There is no such item of evidence in this channel')
    }
    const latest = listHandingOut(node, state.state, acts)
      .sort((a, b) => a.at - b.at)
      .at(-1)
    return {
      item: await viewRow(node, channel, id, state.state),
      state: state.state as unknown as StateObject,
      stateDigest: formatHex(node.crypto.sha256(formatCanonical(state))),
      acts: await viewActs(node, channel, id, state, acts),
      may: viewMay(node, channel, ['evidence.', 'entry.', 'body.'], id, { subject: acts, agreement }),
      handOut: latest === undefined ? null : { act: latest.digest, until: latest.at + handingOutMillisecondsMax },
    }
  }
}

export function createExportEvidence(node: ParleyNode): Handler<Operations['exportEvidence']> {
  return async ({ params: { channel, id }, query: { act } }) => {
    const { content, length } = await handOut(node, channel, id, act)
    return { name: (await readName(node, channel, id)) ?? id, length, content: streamOf(content) }
  }
}

export function createExportBag(node: ParleyNode): Handler<Operations['exportBag']> {
  return async ({ params: { channel, id }, query: { act } }) => {
    const certificate = await formatCertificate(node, channel, id)
    const state = await readItem(node, channel, id)
    const file = await handOut(node, channel, id, act)
    const seconds = Math.floor(node.clock() / 1000)
    const folder = `evidence-${id.slice(0, 16)}`
    const { content, length } = archiveBag({
      folder,
      seconds,
      info: {
        'External-Identifier': id,
        'Source-Organization': state.from,
        'Bagging-Date': new Date(seconds * 1000).toISOString().slice(0, 10),
        'Parley-Ciphertext-SHA256': state.ciphertext,
      },
      payload: {
        name: safeFileName((await readName(node, channel, id)) ?? id),
        bytes: file.length,
        content: file.content,
      },
      tags: [['custody.json', certificate]],
    })
    return { name: `${folder}.tar`, length, content: streamOf(content) }
  }
}

export function createExportSealedEvidence(node: ParleyNode): Handler<Operations['exportSealedEvidence']> {
  return async ({ params: { channel, id } }) => {
    const { bytes, ciphertext } = await readItem(node, channel, id)
    const content = await streamFile(node.evidence.folder.itemPath(ciphertext))
    return { name: `${ciphertext}.age`, length: bytes, content }
  }
}

export function createViewCertificate(node: ParleyNode): Handler<Operations['viewCertificate']> {
  return ({ params: { channel, id } }) => formatCertificate(node, channel, id)
}
