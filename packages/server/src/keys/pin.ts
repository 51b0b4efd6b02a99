// How a transport key is named in the record: by the SHA-256 of its SubjectPublicKeyInfo.

import { createHash } from 'node:crypto'
import type { X509Certificate } from 'node:crypto'
import { ServerError } from '../error.ts'

/**
 * The pin of the certificate's key, in hexadecimal.
 *
 * @throws ServerError `peer.pin` when the certificate's dates do not hold at `now`.
 */
export function pinOf(certificate: X509Certificate, now: Date): string {
  if (now < certificate.validFromDate || now > certificate.validToDate) {
    throw new ServerError(
      'peer.pin',
      `the certificate is valid from ${certificate.validFrom} to ${certificate.validTo} only`,
    )
  }
  const spki = certificate.publicKey.export({ format: 'der', type: 'spki' })
  return createHash('sha256').update(spki).digest('hex')
}
