// Entries in our own governance log, decided by the machine's key.

import { governanceChannel, governanceOrigin } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { approve } from './founding.ts'
import { machineSigner } from './machine-signer.ts'

/**
 * Records a governance entry; resolves to its position when it is durable.
 *
 * @throws ServerError `entry.refused`, `log.read-only`, `log.busy`.
 */
export async function recordGovernance(node: ParleyNode, type: string, data: CanonicalObject): Promise<number> {
  const { crypto, home } = node
  const draft = {
    v: 1,
    channel: governanceChannel,
    from: home.settings.party,
    type,
    at: node.clock(),
    seen: [],
    data,
  } as const
  return appendGovernance(node, await approve(crypto, draft, machineSigner(node)))
}

/** Records the bytes of a governance entry that is approved already. @throws ServerError as `recordGovernance` */
export async function appendGovernance(node: ParleyNode, entry: Uint8Array): Promise<number> {
  const origin = governanceOrigin(node.home.settings.prefix)
  const outcome = await node.driver.submit({ kind: 'submission', origin, entry, bodies: [] })
  if (outcome.kind === 'settled') return outcome.position
  const codes: Record<string, 'log.read-only' | 'log.busy'> = {
    'node.read-only': 'log.read-only',
    'node.busy': 'log.busy',
  }
  const code = codes[outcome.code] ?? 'entry.refused'
  throw new ServerError(code, 'the governance entry was not recorded', { detail: outcome.code })
}
