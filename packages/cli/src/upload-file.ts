// Uploads a file to the node in pieces (tus 1.0), and goes on where the node says when it went away meanwhile.

import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '@parley/api'
import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { Progress } from './progress.ts'

const version = '1.0.0'
const retryMilliseconds = 500
/** A node that does not come back for so long ends the command; the upload itself stays. */
const patienceMilliseconds = 120_000
const passing: ReadonlySet<string> = new Set([
  'client.unreachable',
  'client.answer',
  'http.rate',
  'http.busy',
  'upload.offset',
])

/** Begins an upload; resolves to its id. `metadata` as the operation names it. */
export async function beginUpload(
  client: Client,
  channel: string,
  length: number,
  metadata: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const pairs = Object.entries(metadata).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${Buffer.from(value).toString('base64')}`],
  )
  const headers = { 'tus-resumable': version, 'upload-length': String(length), 'upload-metadata': pairs.join(',') }
  return (await client.openUpload({ params: { channel }, headers })).id
}

/**
 * Sends what the node does not have yet; resolves to the item. At most one piece is sent again for each interruption.
 *
 * @throws ApiProblem for a refusal, or when the node stays away.
 */
export async function sendFile(
  client: Client,
  channel: string,
  id: string,
  path: string,
  progress: Progress,
): Promise<string> {
  const file = await open(path, 'r')
  try {
    let gone: number | undefined
    for (;;) {
      try {
        const view = await client.viewUpload({ params: { channel, id } })
        if (view.item !== null) return view.item
        let { offset } = view
        const piece = Buffer.alloc(limits.uploadPieceBytesMax)
        do {
          const { bytesRead } = await file.read(piece, 0, piece.length, offset)
          const headers = { 'tus-resumable': version, 'upload-offset': String(offset) }
          const body = new Uint8Array(piece.subarray(0, bytesRead))
          await client.appendUpload({ params: { channel, id }, headers, body })
          offset += bytesRead
          gone = undefined
          progress.update(offset, view.length)
        } while (offset < view.length)
      } catch (error) {
        if (!(error instanceof ApiProblem) || !passing.has(error.code)) throw error
        gone ??= performance.now()
        if (performance.now() - gone > patienceMilliseconds) throw error
        await sleep(retryMilliseconds)
      }
    }
  } finally {
    await file.close()
  }
}
