// The private keys of one node: made once, kept in one folder that only its owner may read, a file for each purpose.
// No two purposes share a key, so that losing one surrenders nothing else (DESIGN.md section 2).

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signer } from '@parley/record'
import { createSigner, formatIdentity, generateIdentity, parseIdentity } from '@parley/record/node'
import type { Identity } from '@parley/record/node'
import { ServerError } from '../error.ts'
import { createTransportCertificate } from './transport-certificate.ts'

/** Ed25519 keys, each under its purpose: `next-log` and `recovery` belong in a safe once the node is real. */
export const signingPurposes = ['log', 'next-log', 'witness', 'mirror', 'recovery', 'operator'] as const
export type SigningPurpose = (typeof signingPurposes)[number]

const sealingPurposes = ['sealing', 'archive'] as const

/** What a node can sign, open and prove itself with. */
export interface Keyring {
  readonly signers: Readonly<Record<SigningPurpose, Signer>> & {
    /** Takes the operator's place once people can release; made then. */
    machine?: Signer
  }
  /** age identities: for what is sealed to us, and for our own copies. */
  readonly sealing: Identity
  readonly archive: Identity
  /** PEM of the TLS key and its certificate, by which peers know us. */
  readonly transport: { readonly key: string; readonly certificate: string }
}

/**
 * Makes every key of a node.
 *
 * @throws ServerError `home.exists` when the folder already holds keys: they are never overwritten.
 */
export async function createKeyring(folder: string, commonName: string, now: Date): Promise<Keyring> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keep = async (name: string, content: string): Promise<void> => {
    try {
      await writeFile(join(folder, name), content, { mode: 0o600, flag: 'wx' })
    } catch (cause) {
      throw new ServerError('home.exists', `${name} could not be made in ${folder}; keys are never overwritten`, {
        cause,
      })
    }
  }
  for (const purpose of signingPurposes) await keep(`${purpose}.seed`, `${randomBytes(32).toString('hex')}\n`)
  for (const purpose of sealingPurposes) await keep(`${purpose}.age`, `${formatIdentity(generateIdentity())}\n`)
  const transport = await createTransportCertificate(commonName, now)
  await keep('transport.key', transport.key)
  await keep('transport.crt', transport.certificate)
  return openKeyring(folder)
}

const machineFile = 'machine.seed'

function openSeed(text: string): Signer {
  return createSigner(Buffer.from(text.trim(), 'hex'))
}

/** Makes the key that takes the operator's place. @throws ServerError `home.exists` */
export async function makeMachineKey(folder: string): Promise<Signer> {
  const seed = `${randomBytes(32).toString('hex')}\n`
  await writeFile(join(folder, machineFile), seed, { mode: 0o600, flag: 'wx', flush: true }).catch((cause: unknown) => {
    throw new ServerError('home.exists', `${machineFile} could not be made in ${folder}`, { cause })
  })
  return openSeed(seed)
}

/**
 * Reads the keys back.
 *
 * @throws ServerError `keys.missing`; `keys.permissions` when others than the owner may read the folder.
 */
export async function openKeyring(folder: string): Promise<Keyring> {
  const mode = await stat(folder).then(
    (found) => found.mode,
    (cause: unknown) => {
      throw new ServerError('keys.missing', `${folder} is not there`, { cause })
    },
  )
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ServerError('keys.permissions', `${folder} is open to others than its owner`)
  }
  const read = (name: string): Promise<string> =>
    readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
      throw new ServerError('keys.missing', `${name} is missing in ${folder}`, { cause })
    })
  const signer = async (purpose: SigningPurpose): Promise<Signer> => openSeed(await read(`${purpose}.seed`))
  const machine = await readFile(join(folder, machineFile), 'utf8').catch(() => undefined)
  return {
    signers: {
      log: await signer('log'),
      'next-log': await signer('next-log'),
      witness: await signer('witness'),
      mirror: await signer('mirror'),
      recovery: await signer('recovery'),
      operator: await signer('operator'),
      ...(machine === undefined ? {} : { machine: openSeed(machine) }),
    },
    sealing: parseIdentity((await read('sealing.age')).trim()),
    archive: parseIdentity((await read('archive.age')).trim()),
    transport: { key: await read('transport.key'), certificate: await read('transport.crt') },
  }
}
