// Vectors of proofs of entries.

import { cosign } from '../../packages/record/src/cosignature.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { appendSignatureLines } from '../../packages/record/src/note.ts'
import { proveInclusion } from '../../packages/record/src/prove.ts'
import { formatTlogProof } from '../../packages/record/src/tlog-proof.ts'
import { signerOf } from '../../packages/record/test-support/parties.ts'
import { entryOf, headAt, keyOf, logVkey, noteAt, origin, textOf, tree } from './log.ts'

const witness = keyOf('cosignature/v1', 'w.example')
const policy = `log ${logVkey}\nwitness w ${witness.vkey}\nquorum w\n`

async function proofOf(index: number, size: number, extra?: Uint8Array): Promise<string> {
  const hashes = await proveInclusion(nodeCrypto, tree, index, size)
  const note = await noteAt(size)
  return textOf(formatTlogProof({ index, hashes, note, ...(extra === undefined ? {} : { extra }) }))
}

export async function tlogProofVectors(): Promise<object> {
  const good = await proofOf(6, 13)
  const entry = entryOf(6).toHex()
  const log = { origin, keys: [logVkey] }
  const hash = `${good.split('\n')[2]}\n`
  const cosigned = appendSignatureLines(await noteAt(13), [
    await cosign(nodeCrypto, signerOf('w.example'), 'w.example', await headAt(13), 1_790_000_000),
  ])
  const hashes = await proveInclusion(nodeCrypto, tree, 6, 13)
  const witnessed = textOf(formatTlogProof({ index: 6, hashes, note: cosigned }))
  const malformed: [string, string][] = [
    ['nothing', ''],
    ['another version', good.replace('@v1', '@v2')],
    ['no index', good.replace('index 6\n', '')],
    ['an index with a leading zero', good.replace('index 6', 'index 06')],
    ['an index of 2^53', good.replace('index 6', 'index 9007199254740992')],
    ['a negative index', good.replace('index 6', 'index -6')],
    ['something extra after the index', good.replace('index 6\n', 'index 6\nextra AAAA\n')],
    ['something extra twice', good.replace('index 6\n', 'extra AAAA\nextra AAAA\nindex 6\n')],
    ['something extra that is not base64', good.replace('index 6\n', 'extra A\nindex 6\n')],
    ['a hash of 3 bytes', good.replace(hash, 'AAAA\n')],
    ['64 hashes', good.replace(hash, hash.repeat(61))],
    ['a carriage return', good.replace('index 6\n', 'index 6\r\n')],
    ['no empty line', good.replace('\n\n', '\n')],
    ['no checkpoint', good.slice(0, good.indexOf('\n\n') + 2)],
    ['a checkpoint without signatures', good.slice(0, good.lastIndexOf('—'))],
  ]
  return {
    about: 'Proofs of c2sp.org/tlog-proof. Entries are hexadecimal. Those with a policy are opened under it.',
    valid: [
      { name: 'an entry in the middle', proof: good, entry, log, index: 6, size: 13 },
      { name: 'the only entry', proof: await proofOf(0, 1), entry: entryOf(0).toHex(), log, index: 0, size: 1 },
      { name: 'the last entry', proof: await proofOf(39, 40), entry: entryOf(39).toHex(), log, index: 39, size: 40 },
      { name: 'with something extra', proof: await proofOf(6, 13, Uint8Array.of(1, 2)), entry, log, index: 6, size: 13 },
      { name: 'under a policy', proof: witnessed, entry, policy, index: 6, size: 13 },
    ],
    invalid: [
      { name: 'another entry', code: 'proof.inclusion', proof: good, entry: entryOf(7).toHex(), log },
      { name: 'another index', code: 'proof.inclusion', proof: good.replace('index 6', 'index 7'), entry, log },
      { name: 'a hash too few', code: 'proof.inclusion', proof: good.replace(hash, ''), entry, log },
      { name: 'another log', code: 'checkpoint.origin', proof: good, entry, log: { ...log, origin: 'elsewhere.example' } },
      { name: 'no key', code: 'note.unverified', proof: good, entry, log: { ...log, keys: [] } },
      { name: 'a larger tree than was signed', code: 'note.signature', proof: good.replace('\n13\n', '\n14\n'), entry, log },
      { name: 'under a policy without its witness', code: 'policy.unsatisfied', proof: good, entry, policy },
      ...malformed.map(([name, proof]) => ({ name, code: 'proof.malformed', proof, entry, log })),
    ],
  }
}
