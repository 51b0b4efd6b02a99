// Fills the store of a node with entries of its own, fast: by the node's own code, in its largest batches, but with approvals
// that nobody made and bodies that nobody sealed, which take most of the time. Only how much there is matters here.
//
//   node fill-store.ts HOME CHANNEL SIZE

import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  channelOrigin,
  entryDigest,
  formatBase64,
  formatEntry,
  formatHex,
  officialId,
  withApprovals,
} from '@parley/record'
import type { Draft } from '@parley/record'
import type { Submission } from '@parley/record/core'
import { nodeCrypto } from '@parley/record/node'
import { openHome, openNode } from '@parley/server'
import type { ParleyNode } from '@parley/server'
import { listSeen } from '../../../packages/server/src/desk/seen.ts'
import { requestData } from '../load/prepare.ts'

const waitingMax = 2048
const sealedBytes = 1420
/** A third of the requests is withdrawn at once, so that there are subjects of more than one act. */
const withdrawnEvery = 3

const [folder, channel, size] = process.argv.slice(2)
if (folder === undefined || channel === undefined || size === undefined) {
  throw new Error('usage: fill-store.ts HOME CHANNEL SIZE')
}

const home = await openHome(folder)
const node = await openNode(home, {
  crypto: { ...nodeCrypto, verifyEd25519: () => Promise.resolve(true) },
  clock: Date.now,
  alarm: () => undefined,
  fatal(error) {
    throw error
  },
})
const origin = channelOrigin(home.settings.prefix, channel)
// There is nobody to ask; nothing that is made here is ever shown to anybody.
for (const own of node.state.own.keys()) node.driver.dispatch({ kind: 'overridden', origin: own, at: Date.now() })

const seen = await listSeen(node, channel)
const official = officialId(nodeCrypto, 'ed25519', node.keyring.signers.operator.publicKey)
const common = { v: 1, channel, from: home.settings.party, seen } as const

function opening(): Pick<Draft, 'type' | 'data' | 'body'> & { readonly bodies: Submission['bodies'] } {
  const bytes = new Uint8Array(randomBytes(sealedBytes))
  const digest = formatHex(nodeCrypto.sha256(bytes))
  const body = { ciphertext: digest, commitment: formatHex(randomBytes(32)), size: 1024 as const }
  return { type: 'request.opened', data: { to: 'cn', ...requestData }, body, bodies: [{ digest, bytes }] }
}

function submit(node_: ParleyNode, draft: Draft, bodies: Submission['bodies']): Promise<void> {
  const approvals = [{ official, signature: formatBase64(randomBytes(64)) }]
  const entry = formatEntry(withApprovals(draft, approvals))
  return node_.driver.submit({ kind: 'submission', origin, entry, bodies }).then((outcome) => {
    if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.code}`)
  })
}

const waiting = new Set<Promise<void>>()
let last: string | undefined
for (let at = node.state.own.get(origin)?.frontier.size ?? 0; at < Number(size); at++) {
  let draft: Draft
  let bodies: Submission['bodies'] = []
  if (last !== undefined && at % withdrawnEvery === 0) {
    draft = {
      ...common,
      type: 'request.withdrawn',
      subject: last,
      at: Date.now(),
      data: { ground: 'no-longer-needed' },
    }
    last = undefined
  } else {
    const { bodies: sealed, ...founding } = opening()
    draft = { ...common, ...founding, at: Date.now() }
    bodies = sealed
    last = entryDigest(nodeCrypto, draft)
  }
  const submitted = submit(node, draft, bodies)
  waiting.add(submitted)
  void submitted.finally(() => waiting.delete(submitted))
  while (waiting.size >= waitingMax) await Promise.race([...waiting].slice(0, 1))
  if (at % 64 === 0) await setImmediate()
}
await Promise.all(waiting)
await node.close()
