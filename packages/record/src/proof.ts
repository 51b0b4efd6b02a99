// Verifies inclusion, consistency and subtree proofs of a Merkle tree, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 and the
// merkle-tree-certs draft write them out. A wrong proof throws, so no caller can forget to look at a verdict.

import type { Crypto } from './crypto.ts'
import { equalBytes } from './bytes.ts'
import { RecordError } from './error.ts'
import { checkHashes, checkSize, emptyRoot, nodeHash, proofHashesMax } from './merkle.ts'

/** What an inclusion proof is about: that the leaf at `index` has this hash in the tree of `size` entries with `root`. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly root: Uint8Array
}

/** What a consistency proof is about: that the tree of `oldSize` entries is the beginning of the one of `size`. */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
}

/** What a subtree consistency proof is about: that the entries from `start` to before `end` have this hash in the tree. */
export interface SubtreeClaim {
  readonly start: number
  readonly end: number
  readonly hash: Uint8Array
  readonly size: number
  readonly root: Uint8Array
}

/**
 * The root of the tree of `size` entries in which this leaf stands at `index` beside the hashes of the proof, the leaf's
 * sibling first.
 *
 * @throws RecordError `proof.inclusion` when the proof does not have the length that index and size demand.
 * @throws RecordError `proof.malformed`, `tree.size`, `tree.hash` as {@link verifyInclusion}.
 */
export function inclusionRoot(
  crypto: Crypto,
  { index, size, leafHash }: Omit<InclusionClaim, 'root'>,
  proof: readonly Uint8Array[],
): Uint8Array {
  checkSize(index)
  checkSize(size)
  checkHashes(leafHash)
  checkProof(proof)
  if (index >= size) throw refuseInclusion('the index is not below the size')
  let fn = index
  let sn = size - 1
  let root = leafHash
  for (const hash of proof) {
    if (sn === 0) throw refuseInclusion('the proof is too long')
    if (isOdd(fn) || fn === sn) {
      root = nodeHash(crypto, hash, root)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      root = nodeHash(crypto, root, hash)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw refuseInclusion('the proof is too short')
  return root
}

/**
 * Verifies that a leaf is in a tree.
 *
 * @throws RecordError `proof.inclusion` when the proof does not prove the claim.
 * @throws RecordError `proof.malformed` when it holds more than 63 hashes or one that is not 32 bytes.
 * @throws RecordError `tree.size` or `tree.hash` when the claim itself is malformed.
 */
export function verifyInclusion(crypto: Crypto, claim: InclusionClaim, proof: readonly Uint8Array[]): void {
  checkHashes(claim.root)
  if (!equalBytes(inclusionRoot(crypto, claim, proof), claim.root)) throw refuseInclusion('the root is another one')
}

/**
 * Verifies that the smaller tree is the beginning of the larger one. Nothing is consistent with the empty tree in a way
 * that proves anything: callers treat an old size of 0 themselves, and here it is refused.
 *
 * @throws RecordError `proof.consistency` when the proof does not prove the claim, or the old size is 0.
 * @throws RecordError `proof.malformed` when it holds more than 63 hashes or one that is not 32 bytes.
 * @throws RecordError `tree.size` or `tree.hash` when the claim itself is malformed.
 */
export function verifyConsistency(crypto: Crypto, claim: ConsistencyClaim, proof: readonly Uint8Array[]): void {
  const { oldSize, oldRoot, size, root } = claim
  checkSize(oldSize)
  checkSize(size)
  checkHashes(oldRoot, root)
  checkProof(proof)
  if (oldSize === 0) throw refuseConsistency('the empty tree proves nothing')
  if (oldSize > size) throw refuseConsistency('the old size is above the size')
  if (oldSize === size) {
    if (proof.length > 0) throw refuseConsistency('between equal sizes the proof is empty')
    if (!equalBytes(oldRoot, root)) throw refuseConsistency('two roots at one size')
    return
  }
  if (proof.length === 0) throw refuseConsistency('the proof is empty')
  // Shifting out the low ones leaves 0 exactly when the old size is a power of two: then its root is itself the first node.
  let fn = oldSize - 1
  let sn = size - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  const [first, rest] = fn === 0 ? [oldRoot, proof] : [proof[0]!, proof.slice(1)]
  let oldFold = first
  let fold = first
  for (const hash of rest) {
    if (sn === 0) throw refuseConsistency('the proof is too long')
    if (isOdd(fn) || fn === sn) {
      oldFold = nodeHash(crypto, hash, oldFold)
      fold = nodeHash(crypto, hash, fold)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      fold = nodeHash(crypto, fold, hash)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw refuseConsistency('the proof is too short')
  if (!equalBytes(oldFold, oldRoot)) throw refuseConsistency('the old root is another one')
  if (!equalBytes(fold, root)) throw refuseConsistency('the root is another one')
}

/**
 * Verifies that a leaf is in a subtree: an inclusion proof with index and size counted from where the subtree starts.
 *
 * @throws RecordError `proof.subtree` when start and end span no subtree or the index is outside.
 * @throws RecordError `proof.inclusion`, `proof.malformed`, `tree.size`, `tree.hash` as {@link verifyInclusion}.
 */
export function verifySubtreeInclusion(
  crypto: Crypto,
  claim: { index: number; start: number; end: number; leafHash: Uint8Array; hash: Uint8Array },
  proof: readonly Uint8Array[],
): void {
  const { index, start, end, leafHash, hash } = claim
  checkSubtree(start, end)
  checkSize(index)
  if (index < start || index >= end) throw refuseSubtree('the index is outside the subtree')
  verifyInclusion(crypto, { index: index - start, size: end - start, leafHash, root: hash }, proof)
}

/**
 * Verifies that a subtree stands in a tree at its place.
 *
 * @throws RecordError `proof.subtree` when the proof does not prove the claim, or start and end span no subtree.
 * @throws RecordError `proof.malformed`, `tree.size`, `tree.hash` as {@link verifyInclusion}.
 */
export function verifySubtreeConsistency(crypto: Crypto, claim: SubtreeClaim, proof: readonly Uint8Array[]): void {
  const { start, end, hash, size, root } = claim
  checkSubtree(start, end)
  checkSize(size)
  checkHashes(hash, root)
  checkProof(proof)
  if (end > size) throw refuseSubtree('the subtree ends after the tree')
  if (start === end) {
    if (proof.length > 0) throw refuseSubtree('for an empty subtree the proof is empty')
    if (!equalBytes(hash, emptyRoot(crypto))) throw refuseSubtree('the hash is not that of nothing')
    return
  }
  let fn = start
  let sn = end - 1
  let tn = size - 1
  // Whether sn and tn are equal does not change on the way: only ones are shifted out of an sn that is below tn.
  while (fn !== sn && (sn === tn || isOdd(sn))) {
    fn = half(fn)
    sn = half(sn)
    tn = half(tn)
  }
  if (fn !== sn && proof.length === 0) throw refuseSubtree('the proof is empty')
  const [first, rest] = fn === sn ? [hash, proof] : [proof[0]!, proof.slice(1)]
  let subtreeFold = first
  let fold = first
  for (const node of rest) {
    if (tn === 0) throw refuseSubtree('the proof is too long')
    if (isOdd(sn) || sn === tn) {
      if (fn < sn) subtreeFold = nodeHash(crypto, node, subtreeFold)
      fold = nodeHash(crypto, node, fold)
      while (!isOdd(sn)) {
        fn = half(fn)
        sn = half(sn)
        tn = half(tn)
      }
    } else {
      fold = nodeHash(crypto, fold, node)
    }
    fn = half(fn)
    sn = half(sn)
    tn = half(tn)
  }
  if (tn !== 0) throw refuseSubtree('the proof is too short')
  if (!equalBytes(subtreeFold, hash)) throw refuseSubtree('the hash of the subtree is another one')
  if (!equalBytes(fold, root)) throw refuseSubtree('the root is another one')
}

/**
 * Checks that `start` and `end` span a subtree: the start is a multiple of the smallest power of two that is not less
 * than the width.
 *
 * @throws RecordError `proof.subtree` when they do not.
 */
export function checkSubtree(start: number, end: number): void {
  checkSize(start)
  checkSize(end)
  if (start > end) throw refuseSubtree('the subtree starts after its end')
  let ceiling = 1
  while (ceiling < end - start) ceiling *= 2
  if (start % ceiling !== 0) throw refuseSubtree('start and end span no subtree')
}

function checkProof(proof: readonly Uint8Array[]): void {
  if (proof.length > proofHashesMax) {
    throw new RecordError('proof.malformed', `a proof has at most ${proofHashesMax} hashes`)
  }
  if (proof.some((hash) => hash.length !== 32)) {
    throw new RecordError('proof.malformed', 'a proof consists of hashes of 32 bytes')
  }
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function refuseInclusion(reason: string): RecordError {
  return new RecordError('proof.inclusion', `the proof does not show the entry in the tree: ${reason}`)
}

function refuseConsistency(reason: string): RecordError {
  return new RecordError('proof.consistency', `the proof does not show that the tree only grew: ${reason}`)
}

function refuseSubtree(reason: string): RecordError {
  return new RecordError('proof.subtree', `the proof does not show the subtree in the tree: ${reason}`)
}
