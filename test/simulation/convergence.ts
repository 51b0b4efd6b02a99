// Whether the world has come together again: every honest log is open, every honest member holds all of it with a receipt,
// honest copies of everybody's logs agree, forks that could be seen are proven, and all that can be read is read.

import { equalBytes } from '@parley/record'
import type { OwnLog } from '@parley/record/core'
import type { Oracles } from './invariants.ts'
import type { DrivenNode } from './driven-node.ts'
import { coreTools } from './entries.ts'

/** What is still missing, or undefined when all is well. */
export function findUnfinished(nodes: readonly DrivenNode[], oracles: Oracles): string | undefined {
  const honest = nodes.filter(({ parts }) => parts.behaviour.honest)
  for (const node of nodes) {
    if (!node.up) return `${node.name} is down`
    const { committing, intake, preparing } = node.core
    if (committing !== undefined || preparing !== undefined || intake.length > 0) return `${node.name} is writing`
  }
  for (const node of honest) {
    for (const own of node.core.own.values()) {
      const unfinished = findUnfinishedLog(node, own, nodes)
      if (unfinished !== undefined) return unfinished
    }
  }
  for (const node of honest) {
    for (const other of honest) {
      const differing = node.name < other.name ? findDifference(node, other, oracles) : undefined
      if (differing !== undefined) return differing
    }
  }
  return undefined
}

function findUnfinishedLog(node: DrivenNode, own: OwnLog, nodes: readonly DrivenNode[]): string | undefined {
  const { origin, phase, published } = own
  if (phase !== 'open') return isBeyondHelp(own, nodes) ? undefined : `${origin} is ${phase}`
  const { size } = own.frontier
  if ((published?.size ?? 0) !== size) return `${origin} is published to ${published?.size} of ${size}`
  for (const other of nodes) {
    if (other.party === node.party || !other.parts.behaviour.honest) continue
    const held = other.store.log(origin)
    if (held.entries.length !== size) return `${other.name} holds ${held.entries.length} of ${size} of ${origin}`
    const lacking = [...held.missing.keys()].some((digest) => isHeld(nodes, digest))
    if (lacking) return `${other.name} lacks bodies of ${origin} that others hold`
    const receipted = node.core.peers.get(other.party)?.progress.get(origin)?.receipted ?? 0
    if (held.missing.size === 0 && receipted !== size)
      return `${other.name} has receipted ${receipted} of ${size} of ${origin}`
  }
  for (const entry of node.store.log(origin).entries) {
    const digest = coreTools.bodyOf(entry)
    if (digest === undefined || node.store.bodies.has(digest)) continue
    if (isHeld(nodes, digest)) return `${node.name} lacks a body of its own ${origin}`
  }
  return undefined
}

/** The lock, or a head that somebody was shown, names entries that are nowhere any more; all that is somewhere is here. */
function isBeyondHelp({ frontier, locked, origin }: OwnLog, nodes: readonly DrivenNode[]): boolean {
  const named = Math.max(locked.size, ...nodes.map(({ store }) => store.logs.get(origin)?.head?.size ?? 0))
  const held = Math.max(
    ...nodes.filter(({ parts }) => parts.behaviour.honest).map(({ store }) => reachOf(store, origin)),
  )
  return named > held && frontier.size >= held
}

/** How far a node can hand the log over: to where a signed head says that it is whole. */
function reachOf(store: DrivenNode['store'], origin: string): number {
  return store.logs.get(origin)?.whole?.size ?? 0
}

/** A log of which two honest nodes hold different copies, or copies of different lengths. */
function findDifference(one: DrivenNode, other: DrivenNode, oracles: Oracles): string | undefined {
  for (const [origin, held] of one.store.logs) {
    const [mine, theirs] = [held.whole, other.store.log(origin).whole]
    const author = oracles.authorOf(origin)
    if (author === one.party || author === other.party) continue
    const frozen = [one, other].filter(({ store }) => store.forks.has(origin))
    if (frozen.length === 2) continue
    const contradict =
      mine !== undefined &&
      theirs !== undefined &&
      !equalBytes(
        held.tree.root(Math.min(mine.size, theirs.size)),
        other.store.log(origin).tree.root(Math.min(mine.size, theirs.size)),
      )
    if (contradict) return `I3: ${one.name} and ${other.name} hold two histories of ${origin}, frozen: ${frozen.length}`
    // What is held beyond the last whole head cannot be handed over, so only that head is compared with what others hold.
    const behind =
      (mine?.size ?? 0) > other.store.log(origin).entries.length || (theirs?.size ?? 0) > held.entries.length
    if (frozen.length === 0 && behind) {
      return `${one.name} and ${other.name} hold ${held.entries.length} and ${other.store.log(origin).entries.length} of ${origin}`
    }
  }
  return undefined
}

/** Somebody has the body who would hand it over. */
function isHeld(nodes: readonly DrivenNode[], digest: string): boolean {
  return nodes.some(({ parts, store }) => parts.behaviour.honest && store.bodies.has(digest))
}
