// The one error class of this package. Codes are a union: added, never renamed, so that other programs may rely on them.

export type RecordErrorCode =
  // text and bytes
  | 'bytes.hex'
  | 'bytes.base64'
  | 'bytes.utf8'
  | 'json.malformed'
  | 'json.not-canonical'
  | 'json.limit'
  // Merkle trees and tiles
  | 'tree.size'
  | 'tree.hash'
  | 'proof.inclusion'
  | 'proof.consistency'
  | 'proof.subtree'
  | 'proof.malformed'
  | 'tile.path'
  | 'tile.malformed'
  // signed notes and what stands on them
  | 'key.malformed'
  | 'key.weak'
  | 'key.possession'
  | 'note.malformed'
  | 'note.limit'
  | 'note.ambiguous'
  | 'note.signature'
  | 'note.unverified'
  | 'checkpoint.malformed'
  | 'checkpoint.origin'
  | 'cosignature.malformed'
  | 'cosignature.time'
  | 'policy.malformed'
  | 'policy.unsatisfied'
  | 'witness.malformed'
  // entries
  | 'entry.malformed'
  | 'entry.limit'
  | 'entry.channel'
  | 'entry.from'
  | 'entry.replayed'
  | 'seen.unordered'
  | 'seen.root'
  | 'seen.missing'
  | 'approval.malformed'
  | 'approval.signature'
  | 'approval.official'
  | 'approval.role'
  | 'approval.count'
  | 'assertion.malformed'
  | 'assertion.challenge'
  | 'assertion.origin'
  | 'assertion.user-verification'
  | 'assertion.signature'
  | 'governance.malformed'
  | 'governance.order'
  | 'governance.key'
  | 'governance.official'
  | 'genesis.malformed'
  | 'genesis.party'
  // bodies and sealing
  | 'body.malformed'
  | 'body.commitment'
  | 'body.ciphertext'
  | 'body.limit'
  | 'age.malformed'
  | 'age.key'
  | 'age.no-identity'
  | 'age.header'
  | 'age.payload'
  // what travels
  | 'delivery.malformed'
  | 'delivery.limit'
  | 'delivery.gap'
  | 'delivery.root'
  | 'delivery.frozen'
  | 'bundle.malformed'
  | 'bundle.limit'
  | 'bundle.digest'
  | 'fork.malformed'
  | 'fork.unproven'
  | 'http-signature.malformed'
  | 'http-signature.signature'

/** Bytes or people are wrong. `code` is stable; `message` is for people and may change. */
export class RecordError extends Error {
  readonly code: RecordErrorCode

  constructor(code: RecordErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'RecordError'
    this.code = code
  }
}
