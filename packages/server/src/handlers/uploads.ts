// The operations of resumable uploads, in the words of tus 1.0 (tus.io/protocols/resumable-upload).

import { createHash } from 'node:crypto'
import type { Operations, UploadView } from '@parley/api'
import { beginUpload, recordSealed } from '../desk/evidence.ts'
import { readUploadOrder } from '../desk/upload-order.ts'
import type { UploadOwner, UploadView as Upload } from '../evidence/uploads.ts'
import { HttpError } from '../http/error.ts'
import type { Handler, SignedInCaller } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { parseUploadMetadata } from './upload-metadata.ts'

const version = '1.0.0'

/** An upload is its account's own: nobody else of the party sees or continues it. */
function ownerOf({
  caller,
  params,
}: {
  readonly caller: SignedInCaller
  readonly params: { readonly channel: string }
}): UploadOwner {
  return { channel: params.channel, account: caller.account.id }
}

async function viewOf(node: ParleyNode, { expires, id, length, offset, subject }: Upload): Promise<UploadView> {
  const order = await readUploadOrder(node, id)
  return { id, length, offset, name: order?.filename ?? '', request: order?.request ?? null, item: subject, expires }
}

function fieldsOf({ expires, length, offset }: Upload) {
  return {
    'tus-resumable': version,
    'upload-offset': String(offset),
    'upload-length': String(length),
    'upload-expires': new Date(expires).toUTCString(),
  }
}

/** @throws HttpError `upload.version` */
function checkVersion(given: string): void {
  if (given !== version) throw new HttpError('upload.version', 'Version 1.0.0 of tus is spoken here')
}

export function createListUploads(node: ParleyNode): Handler<Operations['listUploads']> {
  return async (call) => {
    node.registry.channel(call.params.channel)
    const uploads = await node.evidence.uploads.list(ownerOf(call))
    return { items: await Promise.all(uploads.map((upload) => viewOf(node, upload))) }
  }
}

export function createOpenUpload(node: ParleyNode): Handler<Operations['openUpload']> {
  return async (call) => {
    const { headers, params } = call
    checkVersion(headers['tus-resumable'])
    const members = node.registry.channel(params.channel).parties.filter((party) => party !== node.registry.self)
    const order = parseUploadMetadata(headers['upload-metadata'], members)
    const upload = await beginUpload(node, ownerOf(call), Number(headers['upload-length']), order)
    const location = `/api/channels/${params.channel}/uploads/${upload.id}`
    return { answer: await viewOf(node, upload), headers: { ...fieldsOf(upload), location } }
  }
}

export function createViewUpload(node: ParleyNode): Handler<Operations['viewUpload']> {
  return async (call) => {
    const upload = await node.evidence.uploads.view(ownerOf(call), call.params.id)
    return { answer: await viewOf(node, upload), headers: fieldsOf(upload) }
  }
}

export function createAppendUpload(node: ParleyNode): Handler<Operations['appendUpload']> {
  return async (call) => {
    const { body, headers, params } = call
    checkVersion(headers['tus-resumable'])
    checkChecksum(headers['upload-checksum'], body)
    const { uploads } = node.evidence
    const offset = Number(headers['upload-offset'])
    const upload = await uploads.append(ownerOf(call), params.id, offset, body, (completed) =>
      recordSealed(node, params.channel, completed),
    )
    return { answer: undefined, headers: fieldsOf(upload) }
  }
}

/** @throws HttpError `upload.checksum` when there is one and the bytes are others. */
function checkChecksum(given: string | undefined, bytes: Uint8Array): void {
  if (given === undefined) return
  const [algorithm = '', sum = ''] = given.split(' ')
  if (algorithm !== 'sha256' || createHash('sha256').update(bytes).digest('base64') !== sum) {
    throw new HttpError('upload.checksum', 'A checksum is `sha256` and the base64 of the digest of the bytes')
  }
}

export function createEndUpload(node: ParleyNode): Handler<Operations['endUpload']> {
  return async (call) => {
    checkVersion(call.headers['tus-resumable'])
    await node.evidence.uploads.end(ownerOf(call), call.params.id)
    return { answer: undefined, headers: { 'tus-resumable': version } }
  }
}
