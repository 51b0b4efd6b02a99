// Vectors of fork proofs.

import { signCheckpoint } from '../../packages/record/src/checkpoint.ts'
import { composeForkProof, type ForkProof, formatForkProof } from '../../packages/record/src/fork.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { fork, headAt, logVkey, noteAt, origin, signer, tree } from './log.ts'

const log = { origin, keys: [logVkey] }
const hexOf = (proof: ForkProof) => formatForkProof(proof).toHex()

export async function forkVectors(): Promise<object> {
  const unequal = await composeForkProof(nodeCrypto, await headAt(12), await headAt(27, fork), fork)
  const equal = await composeForkProof(nodeCrypto, await headAt(12), await headAt(12, fork), fork)
  const wrongEmpty = await signCheckpoint(nodeCrypto, signer, { origin, size: 0, root: tree.leaf(0) })
  const overlap = unequal.overlap!
  const fromNothing = { root: tree.root(0), proof: [] }
  const [smaller, larger] = tree.root(12).toHex() < fork.root(12).toHex() ? [tree, fork] : [fork, tree]
  const good = hexOf(unequal)
  const unproven: [string, ForkProof][] = [
    ['a log that only grew', { ...unequal, larger: await noteAt(27), overlap: { ...overlap, root: tree.root(12) } }],
    ['one head twice', { smaller: unequal.smaller, larger: unequal.smaller }],
    ['the heads exchanged', { ...unequal, smaller: unequal.larger, larger: unequal.smaller }],
    ['heads of one size exchanged', { smaller: equal.larger, larger: equal.smaller }],
    ['two sizes and no overlap', { smaller: unequal.smaller, larger: unequal.larger }],
    ['one size and an overlap', { ...equal, overlap }],
    ['another root in the overlap', { ...unequal, overlap: { ...overlap, root: tree.leaf(0) } }],
    ['a hash too few in the overlap', { ...unequal, overlap: { ...overlap, proof: overlap.proof.slice(1) } }],
    ['the empty tree and any other', { smaller: await noteAt(0), larger: await noteAt(27), overlap: fromNothing }],
    ['heads that are no notes', { smaller: Uint8Array.of(1), larger: Uint8Array.of(2) }],
  ]
  const malformed: [string, string][] = [
    ['nothing', ''],
    ['another first line', good.replace('2f76310a', '2f76320a')],
    ['cut off', good.slice(0, -2)],
    ['a byte after it', `${good}00`],
    ['a head of more than 64 KiB', `${good.slice(0, 30)}00010001${good.slice(38)}`],
    ['an overlap of a third kind', hexOf({ smaller: Uint8Array.of(1), larger: Uint8Array.of(2) }).replace(/00$/, '02')],
    ['64 hashes', `${hexOf({ ...unequal, overlap: { ...overlap, proof: [] } }).slice(0, -2)}40${'00'.repeat(64 * 32)}`],
  ]
  return {
    about: 'Fork proofs. A proof is hexadecimal, as are roots.',
    valid: [
      { name: 'two sizes', proof: good, log, size: 12, smallerRoot: tree.root(12).toHex(), largerRoot: fork.root(12).toHex() },
      { name: 'one size', proof: hexOf(equal), log, size: 12, smallerRoot: smaller.root(12).toHex(), largerRoot: larger.root(12).toHex() },
      {
        name: 'an empty tree with the root of something',
        proof: hexOf({ smaller: wrongEmpty, larger: await noteAt(27), overlap: fromNothing }),
        log,
        size: 0,
        smallerRoot: tree.leaf(0).toHex(),
        largerRoot: tree.root(0).toHex(),
      },
    ],
    invalid: [
      ...unproven.map(([name, proof]) => ({ name, code: 'fork.unproven', proof: hexOf(proof), log })),
      { name: 'another log', code: 'fork.unproven', proof: good, log: { ...log, origin: 'elsewhere.example' } },
      { name: 'no key', code: 'fork.unproven', proof: good, log: { ...log, keys: [] } },
      ...malformed.map(([name, proof]) => ({ name, code: 'fork.malformed', proof, log })),
    ],
  }
}
