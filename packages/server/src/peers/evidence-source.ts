// Asks a peer for the evidence that it handed to us, a piece at a time: one request is under way for an item, so that
// deliveries always find a turn beside it.

import { pieceBytes } from '@parley/record'
import { ServerError } from '../error.ts'
import type { PeerLinks } from './peer-link.ts'
import { peerPaths } from './peer-paths.ts'

/** How one item is asked for. @throws ServerError `peer.*` from both */
export interface EvidenceSource {
  hashes(bytesMax: number): Promise<Uint8Array>
  piece(index: number): Promise<Uint8Array>
}

export function createEvidenceSource(links: PeerLinks, party: string, channel: string, item: string): EvidenceSource {
  async function read(path: string, bytesMax: number): Promise<Uint8Array> {
    const answer = await links.request(party, { method: 'GET', path, bytesMax })
    if (answer.status !== 200) throw new ServerError('peer.protocol', `the peer answered ${answer.status}`)
    return new Uint8Array(answer.body)
  }
  return {
    hashes: (bytesMax) => read(peerPaths.evidenceHashes(channel, item), bytesMax),
    piece: (index) => read(peerPaths.evidencePiece(channel, item, index), pieceBytes),
  }
}
