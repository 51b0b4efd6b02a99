// Sends a file to the node in pieces, as tus 1.0 (tus.io/protocols/resumable-upload) has it, by the operations of the contract.
// After a loss the node is asked how far it got, so that at most one piece goes twice. It knows no page and keeps nothing.

import { limits } from '@parley/api'
import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { formatBase64 } from '@parley/record'

export const tusVersion = '1.0.0'

/** Pieces begin small and grow while they arrive quickly: a slow link loses little, a quick one is not held up. */
const pieceBytesFirst = 1024 * 1024
const quickMilliseconds = 2000

const waitSecondsFirst = 1
const waitSecondsMax = 30

/** What passes by itself: the link, the node's haste, and an offset that another answer has moved. */
const passing: ReadonlySet<string> = new Set([
  'client.unreachable',
  'client.answer',
  'http.rate',
  'http.busy',
  'node.not-ready',
  'upload.offset',
  'upload.checksum',
])

export type UploadClient = Pick<Client, 'openUpload' | 'viewUpload' | 'appendUpload'>

/** What is said of a file when its upload begins; what is undefined is not said. */
export type Said = Readonly<Record<string, string | undefined>> & { readonly filename: string }

/** The file cannot be read any more, or is not the one that the upload began with. */
export class FileChanged extends Error {}

export interface Sending {
  /** Aborting it stops the sending; the node keeps what it has. */
  readonly signal: AbortSignal
  /** Called with the bytes that the node has. */
  readonly onSent: (bytes: number) => void
  /** Called when the link is lost, before the wait. */
  readonly onLost: (problem: ApiProblem) => void
  /** Waits; resolves early when there is reason to try again, and rejects when the signal aborts. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>
}

/** `Upload-Metadata`: keys, each with the base64 of its value. */
export function formatMetadata(said: Said): string {
  const encoder = new TextEncoder()
  return Object.entries(said)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${formatBase64(encoder.encode(value))}`]))
    .join(',')
}

/** Begins an upload; resolves to its id. @throws ApiProblem */
export async function beginUpload(client: UploadClient, channel: string, length: number, said: Said): Promise<string> {
  const headers = {
    'tus-resumable': tusVersion,
    'upload-length': String(length),
    'upload-metadata': formatMetadata(said),
  }
  return (await client.openUpload({ params: { channel }, headers })).id
}

/**
 * Sends what the node does not have yet, through losses of the link; resolves to the item that came of it.
 *
 * @throws ApiProblem for a refusal, FileChanged, and the signal's reason when it aborts.
 */
export async function sendFile(
  client: UploadClient,
  params: { readonly channel: string; readonly id: string },
  file: Blob,
  { onLost, onSent, signal, wait }: Sending,
): Promise<string> {
  let lost = 0
  let pieceBytes = pieceBytesFirst
  for (;;) {
    try {
      const { item, length, offset: held } = await client.viewUpload({ params }, { signal })
      if (item !== null) return item
      if (length !== file.size) throw new FileChanged('the file has another length than the upload')
      let offset = held
      onSent(offset)
      do {
        const piece = await readPiece(file, offset, pieceBytes)
        const headers = {
          'tus-resumable': tusVersion,
          'upload-offset': String(offset),
          'upload-checksum': `sha256 ${await digestOf(piece)}`,
        }
        const began = performance.now()
        await client.appendUpload({ params, headers, body: piece }, { signal })
        if (performance.now() - began < quickMilliseconds)
          pieceBytes = Math.min(limits.uploadPieceBytesMax, 2 * pieceBytes)
        offset += piece.length
        lost = 0
        onSent(offset)
      } while (offset < length)
    } catch (error) {
      if (!(error instanceof ApiProblem) || !passing.has(error.code)) throw error
      onLost(error)
      pieceBytes = pieceBytesFirst
      const seconds = Math.min(waitSecondsMax, waitSecondsFirst * 2 ** lost)
      lost += 1
      await wait(Math.max(seconds, error.retryAfterSeconds ?? 0), signal)
    }
  }
}

async function readPiece(file: Blob, offset: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(offset, offset + bytes).arrayBuffer())
  } catch (cause) {
    throw new FileChanged('the file can no longer be read', { cause })
  }
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return formatBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
