// Vectors of public keys that may be enrolled, proofs of possession and verifier keys.

import { signPossession } from '../../packages/record/src/key-enrolment.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { createVerifierKey, formatVerifierKey, type NoteAlgorithm } from '../../packages/record/src/verifier-key.ts'
import { bytesOf, signerOf } from '../../packages/record/test-support/parties.ts'

const order4 = '00'.repeat(31)
const nearPrime = 'ff'.repeat(30)
const order8 = ['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03']

const weak: [string, string][] = [
  ['order 1', `01${'00'.repeat(31)}`],
  ['order 1, the sign of zero', `01${'00'.repeat(30)}80`],
  ['order 1, above the prime', `ee${nearPrime}7f`],
  ['order 1, above the prime and the sign of zero', `ee${nearPrime}ff`],
  ['order 2', `ec${nearPrime}7f`],
  ['order 2, the sign of zero', `ec${nearPrime}ff`],
  ['order 4', `${order4}00`],
  ['order 4, above the prime', `ed${nearPrime}7f`],
  ['order 4, the other', `${order4}80`],
  ['order 4, the other, above the prime', `ed${nearPrime}ff`],
  ['order 8, first', `${order8[0]}05`],
  ['order 8, second', `${order8[0]}85`],
  ['order 8, third', `${order8[1]}7a`],
  ['order 8, fourth', `${order8[1]}fa`],
]

async function possession() {
  const signer = signerOf('possession')
  const nonce = bytesOf('nonce')
  const signature = await signPossession(signer, nonce)
  const good = { key: signer.publicKey.toHex(), nonce: nonce.toHex(), signature: signature.toHex() }
  return {
    valid: [{ seed: bytesOf('possession').toHex(), ...good }],
    invalid: [
      { name: 'another nonce', ...good, nonce: bytesOf('another nonce').toHex() },
      { name: 'a nonce of 31 bytes', ...good, nonce: good.nonce.slice(2) },
      { name: 'another key', ...good, key: signerOf('another').publicKey.toHex() },
      { name: 'the context missing', ...good, signature: (await signer.sign(nonce)).toHex() },
    ].map((vector) => ({ ...vector, code: 'key.possession' })),
  }
}

function verifierKey(algorithm: NoteAlgorithm, name: string): object {
  const { publicKey } = signerOf(name)
  const key = createVerifierKey(nodeCrypto, algorithm, name, publicKey)
  return { vkey: formatVerifierKey(key), algorithm, name, id: key.id, publicKey: publicKey.toHex() }
}

/** A key whose id is right, of a type and a length that may not be. */
function typed(name: string, type: number, publicKey: Uint8Array): string {
  const bytes = Uint8Array.of(...new TextEncoder().encode(`${name}\n`), type, ...publicKey)
  const id = nodeCrypto.sha256(bytes).subarray(0, 4).toHex()
  return `${name}+${id}+${Uint8Array.of(type, ...publicKey).toBase64()}`
}

export async function keyVectors(): Promise<object> {
  const { publicKey } = signerOf('log')
  const good = typed('a.example', 1, publicKey)
  const [name, id, encoded] = good.split('+', 2).concat(good.slice('a.example+00000000+'.length))
  return {
    about: 'Ed25519 public keys at enrolment, proofs of possession, and verifier keys of c2sp.org/signed-note. Bytes are hexadecimal.',
    publicKeys: {
      valid: ['one', 'two', 'three'].map((label) => ({ seed: bytesOf(label).toHex(), key: signerOf(label).publicKey.toHex() })),
      invalid: [
        ...weak.map(([name, key]) => ({ name, code: 'key.weak', key })),
        { name: 'a component of low order', code: 'key.weak', key: '10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f' },
        { name: 'another component of low order', code: 'key.weak', key: 'dd1483c5304d412c1f29547640a5c2950222ee8931b7ed1c72602b7afa7024e0' },
        { name: 'y above the prime', code: 'key.malformed', key: `f0${nearPrime}7f` },
        { name: 'no point', code: 'key.malformed', key: `02${'00'.repeat(31)}` },
        { name: '31 bytes', code: 'key.malformed', key: '01'.repeat(31) },
        { name: '33 bytes', code: 'key.malformed', key: '01'.repeat(33) },
      ],
    },
    possession: await possession(),
    verifierKeys: {
      valid: [verifierKey('ed25519', 'us.parley.example/governance'), verifierKey('cosignature/v1', 'cn.parley.example/witness'), verifierKey('ed25519', '名')],
      invalid: [
        { name: 'another id', vkey: `${name}+${id!.replace(/./, (digit) => (digit === '0' ? '1' : '0'))}+${encoded}` },
        { name: 'an id in upper case', vkey: `${name}+ABCDEF01+${encoded}` },
        { name: 'an id of seven digits', vkey: `${name}+${id!.slice(1)}+${encoded}` },
        { name: 'no key', vkey: `${name}+${id}+` },
        { name: 'no name', vkey: `+${id}+${encoded}` },
        { name: 'another name', vkey: `b.example+${id}+${encoded}` },
        { name: 'base64 of the URL kind', vkey: `${name}+${id}+${encoded!.slice(0, -1)}_` },
        { name: 'base64 and a space', vkey: `${good} ` },
        { name: 'a name with a space', vkey: typed('a b', 1, publicKey) },
        { name: 'a name with an ideographic space', vkey: typed('a\u3000b', 1, publicKey) },
        { name: 'a name with a control character', vkey: typed('a\u0001b', 1, publicKey) },
        { name: 'a public key of 31 bytes', vkey: typed('a.example', 1, publicKey.subarray(1)) },
        { name: 'a public key of 33 bytes', vkey: typed('a.example', 1, Uint8Array.of(0, ...publicKey)) },
        { name: 'the type of ECDSA', vkey: typed('a.example', 2, publicKey) },
        { name: 'the type of ML-DSA-44', vkey: typed('a.example', 6, publicKey) },
        { name: 'a type that is not assigned', vkey: typed('a.example', 255, publicKey) },
      ].map((vector) => ({ ...vector, code: 'key.malformed' })),
    },
  }
}
