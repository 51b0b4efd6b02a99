// A certificate for a server on an address of this machine, which vouches for itself.

import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'

type SelfSigned = Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]

const dayMilliseconds = 86_400_000

/** Both as PEM. */
export async function createTestCertificate(
  address: string,
): Promise<{ readonly key: string; readonly certificate: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const parameters: object = {
    name: `CN=${address}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - dayMilliseconds),
    notAfter: new Date(Date.now() + dayMilliseconds),
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: address }])],
  }
  const certificate = await X509CertificateGenerator.createSelfSigned(parameters as SelfSigned)
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${(pkcs8.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`,
    certificate: certificate.toString('pem'),
  }
}
