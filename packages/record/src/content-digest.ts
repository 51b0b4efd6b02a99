// The Content-Digest field (RFC 9530) with SHA-256: what ties the content of an HTTP message to a signature that covers the
// field.

import { equalBytes } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { formatByteSequences, parseByteSequences } from './structured-fields.ts'

const algorithm = 'sha-256'

/** `sha-256=:…:`. */
export function formatContentDigest(crypto: Crypto, content: Uint8Array): string {
  return formatByteSequences(new Map([[algorithm, crypto.sha256(content)]]))
}

/**
 * Checks content against the field. Digests of other algorithms beside SHA-256 are not looked at.
 *
 * @throws RecordError `http-signature.malformed` when the field is none or has no SHA-256, `http-signature.content` when
 * the content is another.
 */
export function verifyContentDigest(crypto: Crypto, field: string, content: Uint8Array): void {
  const digest = parseByteSequences(field).get(algorithm)
  if (digest === undefined) throw new RecordError('http-signature.malformed', 'the content digest has no SHA-256')
  if (!equalBytes(digest, crypto.sha256(content))) {
    throw new RecordError('http-signature.content', 'the content is not the one whose digest was signed')
  }
}
