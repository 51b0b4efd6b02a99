// The certificate by which peers know a node: self-signed, because peers pin its public key in the record and ask no
// authority (SECURITY-RULES T-19). It is made at first start; none is ever shipped.

import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'

const validYears = 10

type SelfSigned = Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]

/** A new ECDSA P-256 key and its certificate, both as PEM. */
export async function createTransportCertificate(
  commonName: string,
  now: Date,
): Promise<{ readonly key: string; readonly certificate: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears)
  // The library's types speak of a browser's keys; these are Node's, which are the same.
  const parameters: object = { name: `CN=${commonName}`, keys, signingAlgorithm: algorithm, notBefore: now, notAfter }
  const certificate = await X509CertificateGenerator.createSelfSigned(parameters as SelfSigned)
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const lines = pkcs8.match(/.{1,64}/g) ?? []
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    certificate: certificate.toString('pem'),
  }
}
