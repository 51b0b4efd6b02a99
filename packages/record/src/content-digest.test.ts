import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import { formatContentDigest, verifyContentDigest } from './content-digest.ts'
import { nodeCrypto } from './node/index.ts'

const content = formatUtf8('{"hello": "world"}')
// RFC 9421 appendix B uses this content; RFC 9530 section 2 its SHA-256.
const field = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'

test('[HS6] a content digest is the SHA-256 of the content', () => {
  expect(formatContentDigest(nodeCrypto, content)).toBe(field)
  verifyContentDigest(nodeCrypto, field, content)
  verifyContentDigest(nodeCrypto, `sha-512=:AA==:, ${field}`, content)
})

test.each([
  ['other content', field, formatUtf8('{"hello": "World"}'), 'http-signature.content'],
  ['a digest cut short', 'sha-256=:AA==:', content, 'http-signature.content'],
  ['another algorithm alone', 'sha-512=:AA==:', content, 'http-signature.malformed'],
  ['the digest twice', `${field}, ${field}`, content, 'http-signature.malformed'],
  ['no field', '', content, 'http-signature.malformed'],
])('[HS6] refused: %s', (_case, text, bytes, code) => {
  expect(refusalOf(() => verifyContentDigest(nodeCrypto, text, bytes))).toBe(code)
})
