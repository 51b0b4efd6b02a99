// A small record of two parties, made with the real formats and throw-away keys, for looking at the console without a
// node. Development only: nothing of it is in the build.

import { readdirSync, readFileSync } from 'node:fs'
import { compilePack, packDigest, readAct } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import {
  appendSignatureLines,
  approvalMessage,
  channelOrigin,
  cosign,
  createVerifierKey,
  entryDigest,
  formatBase64,
  formatEntry,
  formatHex,
  formatUtf8,
  formatVerifierKey,
  governanceOrigin,
  leafHash,
  MemoryTree,
  officialId,
  openCheckpoint,
  proveInclusion,
  rootAt,
  signCheckpoint,
  withApprovals,
} from '@parley/record'
import type { CanonicalObject, Draft, Entry, Signer } from '@parley/record'
import { generateSigner, nodeCrypto } from '@parley/record/node'

export const channel = '5f1c9a0e7b3d42c8a6e09d4f2b7c8e31'
export const parties = ['cn', 'us']
const roles = ['duty', 'liaison', 'releasing', 'policy', 'operator']
const sha = (text: string) => formatHex(nodeCrypto.sha256(formatUtf8(text)))

export interface Leaf {
  readonly entry: Entry
  readonly bytes: Uint8Array
  readonly digest: string
  readonly act: Act | undefined
  /** When the node recorded it; its standing grows from there. */
  readonly recorded: number
}

export interface WorldLog {
  readonly id: string
  readonly party: string
  readonly origin: string
  readonly channel: string
  readonly signer: Signer
  readonly tree: MemoryTree
  readonly leaves: Leaf[]
}

export interface Append {
  readonly type: string
  readonly at: number
  readonly subject?: string
  readonly data?: CanonicalObject
  readonly body?: Record<string, unknown>
  readonly exercise?: true
}

export async function createWorld() {
  const folder = new URL('../../../agreements/us-cn-2015/', import.meta.url)
  const files = readdirSync(folder).filter((name) => /^(pack\.yaml|.*\.txt)$/.test(name))
  const pack = compilePack(Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])))
  const keys = Object.fromEntries(
    await Promise.all(
      parties.map(async (party) => [
        party,
        { log: await generateSigner(), mirror: await generateSigner(), official: await generateSigner() },
      ]),
    ),
  ) as Record<string, { log: Signer; mirror: Signer; official: Signer }>
  const prefix = (party: string) => `${party}.parley.example`
  const bodies = new Map<string, { plaintext: Record<string, unknown>; leaf: Leaf; log: WorldLog }>()

  const log = (party: string, origin: string, name: string): WorldLog => ({
    id: sha(origin),
    party,
    origin,
    channel: name,
    signer: keys[party]!.log,
    tree: new MemoryTree(nodeCrypto),
    leaves: [],
  })
  const channelLogs = parties.map((party) => log(party, channelOrigin(prefix(party), channel), channel))
  const governanceLogs = parties.map((party) => log(party, governanceOrigin(prefix(party)), 'governance'))
  const official = (party: string) => officialId(nodeCrypto, 'ed25519', keys[party]!.official.publicKey)

  async function appendTo(target: WorldLog, act: Append): Promise<Leaf> {
    const other = channelLogs.find(({ party }) => party !== target.party)!
    const ciphertext = act.body === undefined ? undefined : sha(JSON.stringify(act.body) + act.at)
    const draft: Draft = {
      v: 1,
      channel: target.channel,
      from: target.party,
      type: act.type,
      ...(act.subject === undefined ? {} : { subject: act.subject }),
      at: act.at,
      seen:
        target.channel === 'governance' || other.tree.size === 0
          ? []
          : [
              {
                origin: other.origin,
                size: other.tree.size,
                root: formatBase64(await rootAt(nodeCrypto, other.tree, other.tree.size)),
                time: Math.floor(act.at / 1000) - 2,
              },
            ],
      data: act.data ?? {},
      ...(ciphertext === undefined ? {} : { body: { ciphertext, commitment: sha(ciphertext), size: 4096 } }),
      ...(act.exercise === true ? { exercise: true } : {}),
    }
    const signature = await keys[target.party]!.official.sign(approvalMessage(entryDigest(nodeCrypto, draft)))
    const entry = withApprovals(draft, [{ official: official(target.party), signature: formatBase64(signature) }])
    const bytes = formatEntry(entry)
    const digest = entryDigest(nodeCrypto, entry)
    const reading =
      target.channel === 'governance'
        ? undefined
        : readAct(entry, { index: target.leaves.length, digest, seen: { [other.party]: other.tree.size } })
    const leaf: Leaf = {
      entry,
      bytes,
      digest,
      act: reading?.kind === 'act' ? reading.act : undefined,
      recorded: act.at,
    }
    target.tree.append(leafHash(nodeCrypto, bytes))
    target.leaves.push(leaf)
    if (ciphertext !== undefined) bodies.set(ciphertext, { plaintext: act.body!, leaf, log: target })
    return leaf
  }

  /** The head at a size, signed by the log and cosigned by the other side's mirror. */
  async function noteAt(target: WorldLog, size: number): Promise<Uint8Array> {
    const root = await rootAt(nodeCrypto, target.tree, size)
    const note = await signCheckpoint(nodeCrypto, target.signer, { origin: target.origin, size, root })
    const checkpoint = await openCheckpoint(nodeCrypto, note, {
      origin: target.origin,
      keys: [createVerifierKey(nodeCrypto, 'ed25519', target.origin, target.signer.publicKey)],
    })
    const mirror = parties.find((party) => party !== target.party)!
    const time = Math.floor((target.leaves[size - 1]?.recorded ?? 0) / 1000) + 3
    return appendSignatureLines(note, [
      await cosign(nodeCrypto, keys[mirror]!.mirror, `${prefix(mirror)}/mirror`, checkpoint, time),
    ])
  }

  for (const target of governanceLogs) {
    await appendTo(target, { type: 'party.founded', at: Date.UTC(2026, 0, 12, 8), data: { party: target.party } })
    await appendTo(target, { type: 'channel.joined', at: Date.UTC(2026, 0, 12, 9), data: { channel } })
  }

  return {
    pack,
    packDigest: packDigest(pack, nodeCrypto),
    channelLogs,
    logs: [...channelLogs, ...governanceLogs],
    bodies,
    prefix,
    officialOf: (party: string) => ({
      official: official(party),
      party,
      algorithm: 'ed25519' as const,
      key: formatBase64(keys[party]!.official.publicKey),
      roles,
      enrolled: { log: governanceLogs.find((item) => item.party === party)!.id, position: 0 },
    }),
    append: (party: string, act: Append) =>
      appendTo(
        channelLogs.find((item) => item.party === party)!,
        act,
      ),
    noteAt,
    prove: async (target: WorldLog, position: number, size: number) =>
      (await proveInclusion(nodeCrypto, target.tree, position, size)).map(formatBase64),
    rootOf: async (target: WorldLog) => formatBase64(await rootAt(nodeCrypto, target.tree, target.tree.size)),
    keysOf: (target: WorldLog) => {
      const mirror = parties.find((party) => party !== target.party)!
      return [
        {
          key: formatVerifierKey(createVerifierKey(nodeCrypto, 'ed25519', target.origin, target.signer.publicKey)),
          party: target.party,
          role: 'log' as const,
        },
        {
          key: formatVerifierKey(
            createVerifierKey(nodeCrypto, 'cosignature/v1', `${prefix(mirror)}/mirror`, keys[mirror]!.mirror.publicKey),
          ),
          party: mirror,
          role: 'mirror' as const,
        },
      ]
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>
