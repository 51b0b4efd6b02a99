// The operation that prints a request: it gathers what the document is made of and has it set.

import { formatBase64, formatCanonical, formatHex } from '@parley/record'
import { titleOf, viewInForce } from '@parley/mechanism'
import type { Act, WordLanguage } from '@parley/mechanism'
import type { ActView, Operations } from '@parley/api'
import { listNewestCosignatures } from '../db/cosignatures.ts'
import { listEvidenceOf } from '../desk/case-bundle.ts'
import { openStoredBody } from '../desk/open-body.ts'
import { viewCut } from '../desk/cut.ts'
import { composeCaseFile } from '../documents/case-file.ts'
import type { ActInCase, EntryInLog, EvidenceInCase } from '../documents/case-file.ts'
import { typeset } from '../documents/typeset.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import { heldHead } from '../log/head-notes.ts'
import type { Readings } from '../identity/readings.ts'
import type { ParleyNode } from '../node.ts'
import { actsMax, viewActs } from './act-views.ts'
import { readerOf } from './bundles.ts'
import { readSubject } from './subject-acts.ts'

export function createViewCaseFile(node: ParleyNode, readings: Readings): Handler<Operations['viewCaseFile']> {
  return async ({ caller, params: { channel, id }, query }) => {
    const { parties } = node.registry.channel(channel)
    const { acts, agreement, state } = await readSubject(node, channel, id)
    if (state?.topic !== 'request') throw new HttpError('request.not-found', 'There is no such request in this channel')
    if (acts.length > actsMax)
      throw new HttpError('case-file.too-large', 'The case has more acts than one document shows')
    await readings.noteCaseFile(readerOf(caller), channel, id)
    const views = await viewActs(node, channel, id, state, acts)
    const valid = views.filter(({ verdict }) => verdict === 'valid')
    const packDigest = viewInForce(agreement, parties)
    const cut = await viewCut(node, channel)
    const byDigest = new Map(acts.map((act) => [act.digest, act]))
    const inCase = await Promise.all(valid.map((view) => gather(node, view, byDigest.get(view.entry.digest))))
    const opening = inCase[0]?.body
    const document = composeCaseFile({
      languages: (query.language ?? 'en+zh-Hans').split('+') as [WordLanguage, ...WordLanguage[]],
      channel,
      id,
      title: opening === undefined || typeof opening === 'string' ? null : titleOf(opening),
      state: state.state,
      pack: packDigest === undefined ? undefined : node.packs.get(packDigest),
      digests: {
        state: formatHex(node.crypto.sha256(formatCanonical(state))),
        cut: cut.cutDigest,
        rules: cut.rulesDigest,
        pack: packDigest,
      },
      acts: inCase,
      evidence: await gatherEvidence(node, channel, id),
    })
    return typeset('case-file.typ', document)
  }
}

/** The items of the request, the one that was sealed first before the others. */
async function gatherEvidence(node: ParleyNode, channel: string, request: string): Promise<EvidenceInCase[]> {
  const items: EvidenceInCase[] = []
  for (const id of await listEvidenceOf(node, channel, request)) {
    const { acts, state } = await readSubject(node, channel, id)
    if (state?.topic !== 'evidence') continue
    const valid = (await viewActs(node, channel, id, state, acts)).filter(({ verdict }) => verdict === 'valid')
    const byDigest = new Map(acts.map((act) => [act.digest, act]))
    const inCase = await Promise.all(valid.map((view) => gather(node, view, byDigest.get(view.entry.digest))))
    const body = inCase.find(({ act }) => act.entry.digest === id)?.body
    const name = body === undefined || typeof body === 'string' ? undefined : body.fields?.['file-name']
    items.push({ id, name: name ?? null, state: state.state, acts: inCase })
  }
  return items.sort((one, other) => (one.acts[0]?.act.at ?? 0) - (other.acts[0]?.act.at ?? 0))
}

async function gather(node: ParleyNode, view: ActView, act: Act | undefined): Promise<ActInCase> {
  return { act: view, body: await openBodyOf(node, act), place: await placeOf(node, view) }
}

async function openBodyOf(node: ParleyNode, act: Act | undefined): Promise<ActInCase['body']> {
  if (act?.body === undefined) return undefined
  const found = await openStoredBody(node, act.body as Parameters<typeof openStoredBody>[1])
  return found.state === 'opened' ? found.content : found.state
}

/** The newest signed head that covers the entry, and whose mirrors and witnesses have cosigned so far. */
async function placeOf({ database, registry, shelf, state }: ParleyNode, { entry }: ActView): Promise<EntryInLog> {
  const log = registry.logById(entry.log)
  if (log === undefined) return { origin: entry.log, head: undefined, cosigners: [] }
  const head = heldHead(state, log.origin)
  const cosigners = await listNewestCosignatures(database.reader, shelf.numberOf(log.origin))
  return {
    origin: log.origin,
    head:
      head === undefined || head.size <= entry.position
        ? undefined
        : { size: head.size, root: formatBase64(head.root) },
    cosigners: cosigners
      .filter(({ size }) => size > entry.position)
      .map(({ cosigner, time }) => ({ name: cosigner, time })),
  }
}
