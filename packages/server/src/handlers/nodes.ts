// The operations on the node itself and on bodies.

import { listEntriesOfBody, readEntries } from '../db/entries.ts'
import { governanceOrigin, officialsAt, parseEntry } from '@parley/record'
import type { NodeView, Operations, StateObject } from '@parley/api'
import { machineOfficial, machineSigner } from '../desk/machine-signer.ts'
import type { Overrides } from '../desk/override.ts'
import { openStoredBody } from '../desk/open-body.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { Readings } from '../identity/readings.ts'
import type { ParleyNode } from '../node.ts'
import type { PeerLinks } from '../peers/peer-link.ts'
import { logOfRow, referTo } from './act-views.ts'
import { lastHeard } from './peers.ts'

export const version = '0.1.0'

export function createViewNode(
  node: ParleyNode,
  links: Pick<PeerLinks, 'health'>,
  overrides: Overrides,
): Handler<Operations['viewNode']> {
  return () => {
    const { crypto, home, registry, state } = node
    const governance = registry.governance(registry.self)
    const log = registry.logOf(governanceOrigin(home.settings.prefix))
    const closed = [...state.own.values()].find(({ phase }) => phase !== 'open')
    const kept = machineOfficial(crypto, machineSigner(node))
    const officials = [...officialsAt(governance, governance.size).values()]
    const view: NodeView = {
      party: registry.self,
      prefix: home.settings.prefix,
      version,
      governance: log?.id ?? '',
      condition: closed === undefined ? 'normal' : 'read-only',
      ...(closed === undefined ? {} : { reason: closed.phase }),
      overridden: registry.parties().some((party) => {
        const override = overrides.view(party)
        return override?.state === 'done' && lastHeard(node, links, party) <= override.at
      }),
      now: node.clock(),
      officials: officials.map(({ official, roles }) => ({ official, roles: [...roles], kept: official === kept })),
    }
    return view
  }
}

/** Ready: every log of ours is open, and the disk takes what is written. */
export function createViewReadiness(node: ParleyNode): Handler<Operations['viewReadiness']> {
  return () => {
    const isOpen = [...node.state.own.values()].every(({ phase }) => phase === 'open')
    if (!isOpen) throw new HttpError('node.not-ready', 'A log waits for the answers of its members')
    return { status: 'ready' }
  }
}

const refusals = {
  missing: ['body.missing', 'The body has not arrived'],
  sealed: ['body.sealed', 'This node holds no key that opens the body'],
  erased: ['body.erased', 'The body was erased'],
  mismatch: ['body.mismatch', 'What the body holds is not what its entry commits to'],
} as const

export function createOpenBody(node: ParleyNode, readings: Readings): Handler<Operations['openBody']> {
  return async ({ caller, params: { digest }, reaches }) => {
    const [place] = await listEntriesOfBody(node.database.reader, Uint8Array.fromHex(digest))
    const log = place === undefined ? undefined : logOfRow(node, place)
    if (place === undefined || log === undefined || !reaches(log.channel))
      throw new HttpError('body.not-found', 'There is no such body')
    const range = { log: place.log, start: place.position, end: place.position + 1 }
    const [row] = await readEntries(node.database.reader, range)
    const reference = row === undefined || row.digest === null ? undefined : parseEntry(row.bytes).body
    if (row === undefined || row.digest === null || reference === undefined)
      throw new HttpError('body.not-found', 'There is no such body')
    const found = await openStoredBody(node, reference)
    if (found.state !== 'opened') {
      const [code, detail] = refusals[found.state]
      throw new HttpError(code, detail)
    }
    await readings.noteOpened(caller.account.id, digest)
    return {
      digest,
      entry: referTo(log, row.position, row.digest.toHex()),
      party: log.party,
      plaintext: found.content as unknown as StateObject,
    }
  }
}
