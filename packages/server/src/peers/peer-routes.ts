// The paths of the protocol between nodes, and what each takes (docs/spec/peers.md). What is asked has been proven to come
// from a party; what it means to the node is the service's business.

import type { IncomingMessage } from 'node:http'
import { deliveryBytesMax, parseUtf8 } from '@parley/record'
import { ServerError } from '../error.ts'
import { bodiesAskedMax } from './peer-paths.ts'

const bodiesRequestBytesMax = bodiesAskedMax * 65 + 1
const checkpointBytesMax = 131_072

/** What is answered: bytes with their media type, or nothing with a status that says why. */
export type PeerReply =
  | { readonly status: 200; readonly body: Uint8Array }
  | { readonly status: 400 | 404 | 409 | 413 | 422 | 429 | 503; readonly code: string }
  | PeerFile

/** An answer whose status and form other people's specifications rule. */
export interface PeerFile {
  readonly status: number
  readonly type: string
  readonly body: Uint8Array
  readonly immutable?: boolean
}

/** What the node does for a peer that has proven who it is. Errors of the record become 422 with their code. */
export interface PeerService {
  takeDelivery(party: string, frame: Uint8Array): Promise<PeerReply>
  showHeads(party: string): Promise<PeerReply>
  showNode(party: string): Promise<PeerReply>
  giveDelivery(party: string, log: string, start: number): Promise<PeerReply>
  giveBodies(party: string, log: string, digests: readonly string[]): Promise<PeerReply>
  giveConsistency(party: string, log: string, oldSize: number, size: number): Promise<PeerReply>
  /** The hashes of the pieces of an item that was handed to the party, one after the other. */
  giveEvidenceHashes(party: string, channel: string, item: string): Promise<PeerReply>
  /** One piece of its sealed file. */
  giveEvidencePiece(party: string, channel: string, item: string, index: number): Promise<PeerReply>
  /** A witness request (c2sp.org/tlog-witness), answered with its own statuses. */
  takeCheckpoint(party: string, request: Uint8Array): Promise<PeerFile>
  /** A public path of c2sp.org/tlog-tiles or tlog-witness below `/logs/` or `/witness/`. */
  showFile(party: string, path: string): Promise<PeerFile>
}

/** A request that has a place here: the bytes it may bring, and what is then done. */
export interface PeerRoute {
  readonly bytesMax: number
  run(service: PeerService, party: string, body: Uint8Array): Promise<PeerReply>
}

/** The route of a request, or undefined where there is nothing. */
export function findRoute({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>): PeerRoute | undefined {
  // The path is matched as it was sent: nothing is decoded or normalised, so nothing can hide in it.
  const mark = url.indexOf('?')
  const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
  return method === 'GET' ? findReading(path, query) : method === 'POST' && mark < 0 ? findTaking(path) : undefined
}

const reading = (run: PeerRoute['run']): PeerRoute => ({ bytesMax: 0, run })

function findReading(path: string, query: string): PeerRoute | undefined {
  if (path === '/parley/v1/heads' && query === '') return reading((service, party) => service.showHeads(party))
  if (path === '/parley/v1/node' && query === '') return reading((service, party) => service.showNode(party))
  const [, log, what] = /^\/parley\/v1\/logs\/([0-9a-f]{64})\/(delivery|consistency)$/.exec(path) ?? []
  if (log !== undefined && what === 'delivery') {
    const [, start] = /^start=(0|[1-9][0-9]{0,14})$/.exec(query) ?? []
    if (start !== undefined) return reading((service, party) => service.giveDelivery(party, log, Number(start)))
  }
  if (log !== undefined && what === 'consistency') {
    const [, old, size] = /^old=([1-9][0-9]{0,14})&size=([1-9][0-9]{0,14})$/.exec(query) ?? []
    if (old !== undefined && size !== undefined) {
      return reading((service, party) => service.giveConsistency(party, log, Number(old), Number(size)))
    }
  }
  const [, channel, item, of, index] =
    /^\/parley\/v1\/evidence\/([0-9a-f]{32})\/([0-9a-f]{64})\/(hashes|pieces)(?:\/(0|[1-9][0-9]{0,5}))?$/.exec(path) ??
    []
  if (channel !== undefined && item !== undefined && query === '' && (of === 'pieces') === (index !== undefined)) {
    return reading((service, party) =>
      index === undefined
        ? service.giveEvidenceHashes(party, channel, item)
        : service.giveEvidencePiece(party, channel, item, Number(index)),
    )
  }
  if (query === '' && (path.startsWith('/logs/') || path.startsWith('/witness/'))) {
    return reading((service, party) => service.showFile(party, path))
  }
  return undefined
}

function findTaking(path: string): PeerRoute | undefined {
  if (path === '/parley/v1/deliveries') {
    return { bytesMax: deliveryBytesMax, run: (service, party, body) => service.takeDelivery(party, body) }
  }
  if (path === '/witness/add-checkpoint') {
    return { bytesMax: checkpointBytesMax, run: (service, party, body) => service.takeCheckpoint(party, body) }
  }
  const [, log] = /^\/parley\/v1\/logs\/([0-9a-f]{64})\/bodies$/.exec(path) ?? []
  if (log === undefined) return undefined
  return {
    bytesMax: bodiesRequestBytesMax,
    async run(service, party, body) {
      const text = parseUtf8(body)
      if (!/^(?:[0-9a-f]{64}\n)+$/.test(text)) return { status: 400, code: 'delivery.malformed' }
      return service.giveBodies(party, log, text.trimEnd().split('\n'))
    },
  }
}

/** The bytes that a request says it brings, or the most it may where it does not say. @throws ServerError `peer.limit` */
export function announcedBytes({ headers }: IncomingMessage, bytesMax: number): number {
  const announced = headers['content-length']
  if (announced === undefined) return headers['transfer-encoding'] === undefined ? 0 : bytesMax
  if (Number(announced) > bytesMax) throw tooLarge()
  return Number(announced)
}

/** @throws ServerError `peer.limit` as soon as more comes than may. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function tooLarge(): ServerError {
  return new ServerError('peer.limit', 'the request is larger than it may be')
}
