// The Ed25519 key with which an official approves at the command line: 32 bytes in hexadecimal in a file that only its owner
// may read. It is made here and leaves this machine in no form but signatures and its public half.

import { randomBytes } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { approvalMessage, formatBase64, officialId, signPossession, signPresence } from '@parley/record'
import type { Signer } from '@parley/record'
import { createSigner, nodeCrypto } from '@parley/record/node'
import type { ApprovalText } from '@parley/api'
import { CliError } from './error.ts'
import { readText } from './files.ts'
import type { Terminal } from './terminal.ts'

export interface ApprovalKey {
  readonly official: string
  /** Base64 of 32 bytes. */
  readonly publicKey: string
  /** Signs the digest of an entry, hexadecimal. */
  approve(digest: string): Promise<ApprovalText>
  /** Proves over a nonce (hexadecimal) that one holds the key, in base64. */
  provePossession(nonce: string): Promise<string>
  /** Proves over a nonce (hexadecimal) of the node at an origin that one is there, in base64. */
  provePresence(origin: string, nonce: string): Promise<string>
}

/** Makes a key in a new file. @throws CliError `file.exists` */
export async function createApprovalKey(path: string, { say }: Terminal): Promise<ApprovalKey> {
  const seed = new Uint8Array(randomBytes(32))
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(`${seed.toHex()}\n`)
    await file.close()
  } catch (cause) {
    throw new CliError('file.exists', say('error.file-exists', { file: path }), { cause })
  }
  return keyOf(createSigner(seed))
}

/** @throws CliError `file.missing`, `usage.key` */
export async function readApprovalKey(path: string, terminal: Terminal): Promise<ApprovalKey> {
  const text = await readText(path, terminal)
  if (!/^[0-9a-f]{64}$/.test(text)) throw new CliError('usage.key', terminal.say('error.key', { file: path }))
  // A key that others may read is no proof of a person.
  if (((await stat(path)).mode & 0o077) !== 0) {
    throw new CliError('usage.key', terminal.say('error.key-open', { file: path }))
  }
  return keyOf(createSigner(Uint8Array.fromHex(text)))
}

function keyOf(signer: Signer): ApprovalKey {
  const official = officialId(nodeCrypto, 'ed25519', signer.publicKey)
  return {
    official,
    publicKey: formatBase64(signer.publicKey),
    provePossession: async (nonce) => formatBase64(await signPossession(signer, Uint8Array.fromHex(nonce))),
    provePresence: async (origin, nonce) => formatBase64(await signPresence(signer, origin, Uint8Array.fromHex(nonce))),
    approve: async (digest) => ({ official, signature: formatBase64(await signer.sign(approvalMessage(digest))) }),
  }
}
