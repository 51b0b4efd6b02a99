// Reads a log as somebody who has the specifications and none of our code would: RFC 6962 hashing, and the checkpoint, tiles,
// entry bundles and notes of C2SP. Nothing of the project is imported.

import { createHash, createPublicKey, verify } from 'node:crypto'

export type Fetch = (path: string) => Promise<{ readonly status: number; readonly body: Buffer }>

export interface ReadLog {
  readonly origin: string
  readonly size: number
  readonly entries: readonly Buffer[]
  /** Names of the keys whose lines stand on the checkpoint. */
  readonly signers: readonly string[]
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const leafOf = (entry: Uint8Array): Buffer => sha256(Buffer.of(0), entry)
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right)

/** RFC 6962, 2.1: the Merkle Tree Hash of a list of leaf hashes. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return nodeOf(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

/** The number of a tile as a path: groups of three digits, all but the last behind an x. */
function tilePath(index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g)!
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === 256 ? name : `${name}.p/${width}`
}

interface OpenedNote {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly signers: readonly string[]
}

/** Opens a checkpoint under a verifier key `name+id+base64`. @throws Error when no line of that key verifies */
function openNote(note: Buffer, verifierKey: string): OpenedNote {
  const text = note.toString('utf8')
  const end = text.lastIndexOf('\n\n') + 1
  const [signed, lines] = [
    text.slice(0, end),
    text
      .slice(end + 1)
      .trimEnd()
      .split('\n'),
  ]
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey)!
  const key = Buffer.from(encoded!, 'base64')
  const computed = sha256(Buffer.from(`${name}\n`), key)
    .subarray(0, 4)
    .toString('hex')
  if (computed !== id || key[0] !== 1) throw new Error('not a verifier key of an Ed25519 log')
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const parsed = lines
    .map((line) => /^— (\S+) (\S+)$/.exec(line)!)
    .map(([, signer, bytes]) => ({ signer, bytes: Buffer.from(bytes!, 'base64') }))
  const own = parsed.filter(({ bytes, signer }) => signer === name && bytes.subarray(0, 4).toString('hex') === id)
  if (own.length === 0 || !own.every(({ bytes }) => verify(null, Buffer.from(signed), publicKey, bytes.subarray(4)))) {
    throw new Error('the checkpoint is not signed by the log')
  }
  const [origin, size, root] = signed.split('\n')
  return {
    origin: origin!,
    size: Number(size),
    root: Buffer.from(root!, 'base64'),
    signers: parsed.map(({ signer }) => signer!),
  }
}

/** Reads a whole log and verifies it: every entry bundle, every tile of every level, and the signed root. */
export async function readLog(fetch: Fetch, prefix: string, verifierKey: string): Promise<ReadLog> {
  const get = async (path: string): Promise<Buffer> => {
    const { body, status } = await fetch(`${prefix}/${path}`)
    if (status !== 200) throw new Error(`${path} is answered with ${status}`)
    return body
  }
  const { origin, root, signers, size } = openNote(await get('checkpoint'), verifierKey)
  const entries: Buffer[] = []
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256)
    const bundle = await get(`tile/entries/${tilePath(index, width)}`)
    let at = 0
    for (let i = 0; i < width; i++) {
      const length = bundle.readUInt16BE(at)
      entries.push(bundle.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
    if (at !== bundle.length) throw new Error('bytes are left in a bundle')
  }
  const leaves = entries.map(leafOf)
  if (!treeHash(leaves).equals(root)) throw new Error('the entries do not give the signed root')
  let level = leaves
  for (let height = 0; level.length > 0; height++) {
    const above: Buffer[] = []
    for (let index = 0; index * 256 < level.length; index++) {
      const hashes = level.slice(index * 256, (index + 1) * 256)
      const tile = await get(`tile/${height}/${tilePath(index, hashes.length)}`)
      if (!tile.equals(Buffer.concat(hashes))) throw new Error(`tile ${height}/${index} has other hashes`)
      if (hashes.length === 256) above.push(treeHash(hashes))
    }
    level = above
  }
  return { origin, size, entries, signers }
}
