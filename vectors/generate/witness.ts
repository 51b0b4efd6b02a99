// Vectors of the decisions of a witness.

import { formatUtf8 } from '../../packages/record/src/bytes.ts'
import { signCheckpoint } from '../../packages/record/src/checkpoint.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { proveConsistency } from '../../packages/record/src/prove.ts'
import { formatAddCheckpoint } from '../../packages/record/src/witness.ts'
import { signerOf } from '../../packages/record/test-support/parties.ts'
import { fork, logVkey, noteAt, origin, signedText, signer, textOf, tree } from './log.ts'

const stranger = tree.leaf(0)

async function request(oldSize: number, size: number, of = tree, proof?: Uint8Array[]): Promise<string> {
  const hashes = proof ?? (oldSize === 0 ? [] : await proveConsistency(nodeCrypto, of, oldSize, size))
  return textOf(formatAddCheckpoint(oldSize, hashes, await noteAt(size, of)))
}

interface Case {
  name: string
  /** The size that was last cosigned, of the tree and not of its fork; absent when none was. */
  cosigned?: number
  body: string
  status: number
}

async function cases(): Promise<Case[]> {
  const first = await request(0, 5)
  const grown = await request(5, 13)
  const foreign = textOf(await signCheckpoint(nodeCrypto, signer, { origin: 'elsewhere.example', size: 5, root: stranger }))
  const unsigned = textOf(await signCheckpoint(nodeCrypto, signerOf('stranger'), { origin, size: 5, root: stranger }))
  const wrongEmpty = textOf(await signCheckpoint(nodeCrypto, signer, { origin, size: 0, root: stranger }))
  const hash = `${stranger.toBase64()}\n`
  return [
    { name: 'a first head', body: first, status: 200 },
    { name: 'a first head that is empty', body: await request(0, 0), status: 200 },
    { name: 'a larger head', cosigned: 5, body: grown, status: 200 },
    { name: 'a larger head from a power of two', cosigned: 8, body: await request(8, 13), status: 200 },
    { name: 'a larger head after the empty one', cosigned: 0, body: first, status: 200 },
    { name: 'the same head again', cosigned: 5, body: await request(5, 5), status: 200 },
    { name: 'the empty head again', cosigned: 0, body: await request(0, 0), status: 200 },
    { name: 'nothing', body: '', status: 400 },
    { name: 'no empty line', body: 'old 0\n', status: 400 },
    { name: 'no note', body: 'old 0\n\n', status: 400 },
    { name: 'a note without signatures', body: `old 0\n\n${origin}\n5\n${stranger.toBase64()}\n\n`, status: 400 },
    { name: 'an unknown origin comes first', body: `nonsense\n\n${foreign}`, status: 404 },
    { name: 'a strange signature comes before a malformed beginning', body: `nonsense\n\n${unsigned}`, status: 403 },
    { name: 'a signature that fails', body: first.replace('\n5\n', '\n6\n'), status: 403 },
    { name: 'a line that is no signature', body: `${first}— a not-base64\n`, status: 403 },
    { name: 'a beginning without the word', cosigned: 5, body: grown.replace('old 5', '5'), status: 400 },
    { name: 'an old size with a leading zero', cosigned: 5, body: grown.replace('old 5', 'old 05'), status: 400 },
    { name: 'an old size of 2^53', cosigned: 5, body: grown.replace('old 5', 'old 9007199254740992'), status: 400 },
    { name: 'a hash of 3 bytes', cosigned: 5, body: grown.replace('\n', '\nAAAA\n'), status: 400 },
    { name: 'a hash with other last bits', cosigned: 5, body: grown.replace('\n', `\n${'A'.repeat(42)}B=\n`), status: 400 },
    { name: '64 hashes', cosigned: 5, body: grown.replace('\n', `\n${hash.repeat(64)}`), status: 400 },
    { name: 'a carriage return', cosigned: 5, body: grown.replace('old 5\n', 'old 5\r\n'), status: 400 },
    { name: 'a signed text that is no checkpoint', body: `old 0\n\n${await signedText(`${origin}\nfive\n${hash}`)}`, status: 400 },
    { name: 'an extension line', body: `old 0\n\n${await signedText(`${origin}\n5\n${hash}more\n`)}`, status: 400 },
    { name: 'an old size above the size comes before a conflict', cosigned: 8, body: `old 6\n${first.slice(6)}`, status: 400 },
    { name: 'another size comes before the proof', cosigned: 8, body: grown, status: 409 },
    { name: 'from 0 when something was cosigned', cosigned: 5, body: first, status: 409 },
    { name: 'from 5 when nothing was', body: grown, status: 409 },
    { name: 'an empty tree with the root of something', body: `old 0\n\n${wrongEmpty}`, status: 422 },
    { name: 'a proof from the empty tree', body: first.replace('\n', `\n${hash}`), status: 422 },
    { name: 'a proof that fails', cosigned: 5, body: await request(5, 13, tree, [stranger]), status: 422 },
    { name: 'no proof where one is needed', cosigned: 8, body: await request(8, 13, tree, []), status: 422 },
    { name: 'a fork that says so', cosigned: 12, body: await request(12, 20, fork), status: 422 },
    { name: 'another root at the same size', cosigned: 12, body: await request(12, 12, fork), status: 422 },
    { name: 'a proof between equal sizes', cosigned: 5, body: await request(5, 5, tree, [stranger]), status: 422 },
    { name: 'too much', body: `old 0\n${hash.repeat(3000)}\n${first}`, status: 400 },
  ]
}

export async function witnessVectors(): Promise<object> {
  const statuses = (await cases()).map(({ name, cosigned, body, status }) => ({
    name,
    ...(cosigned === undefined ? {} : { cosigned: { size: cosigned, root: tree.root(cosigned).toHex() } }),
    ...(formatUtf8(body).length > 10_000 ? { bodyRuns: runsOf(body) } : { body }),
    status,
    ...(status === 409 ? { size: cosigned ?? 0 } : {}),
  }))
  return {
    about:
      'What a witness answers to add-checkpoint of c2sp.org/tlog-witness. `cosigned` is the head that it last cosigned, if ' +
      'any; `size` is what a 409 says. A long body is a list of [text, how often].',
    log: { origin, keys: [logVkey] },
    cases: statuses,
  }
}

/** The long body in the one place where it is needed: a line that is repeated. */
function runsOf(body: string): [string, number][] {
  const hash = `${stranger.toBase64()}\n`
  const count = body.split(hash).length - 1
  const start = body.indexOf(hash)
  return [
    [body.slice(0, start), 1],
    [hash, count],
    [body.slice(start + count * hash.length), 1],
  ]
}
