// The newest cut of a channel that is closed here, and the digests that both sides compare: of the cut, of the rules, and
// of every state computed at it.

import {
  concatBytes,
  formatBase64,
  formatCanonical,
  formatHex,
  formatUtf8,
  rootAt,
  validityVersion,
} from '@parley/record'
import { cutDigest, digestStates, rulesVersion, viewInForce, viewSubject } from '@parley/mechanism'
import type { Act, Cut, SubjectState } from '@parley/mechanism'
import { listSubjectStates, readSubjects, subjectsPerReadMax } from '../db/subjects.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

export interface CutDigests {
  readonly cut: Cut
  readonly cutDigest: string
  readonly rulesDigest: string
  readonly stateDigest: string
}

const rulesContext = formatUtf8('parley/rules/v1\n')
const standingSubjects = ['agreement', 'directory'] as const

/**
 * The cut at what has been read of every log of the channel, and its digests. Two nodes that hold the same entries give
 * the same four values.
 *
 * @throws ServerError `channel.unknown`.
 */
export async function viewCut(node: ParleyNode, channel: string): Promise<CutDigests> {
  const { crypto, registry } = node
  const { parties } = registry.channel(channel)
  const logs = await Promise.all(registry.logsOf(channel).map((log) => cutLog(node, log)))
  const cut: Cut = { logs: logs.sort((a, b) => (a.origin < b.origin ? -1 : 1)) }
  const states = await readStates(node, channel)
  for (const subject of standingSubjects) {
    if (!states.has(subject)) states.set(subject, viewSubject(subject, [], parties))
  }
  return {
    cut,
    cutDigest: cutDigest(cut, crypto),
    rulesDigest: await digestRules(node, channel),
    stateDigest: digestStates(states, crypto).digest,
  }
}

async function cutLog({ crypto, logReader, reading, state }: ParleyNode, { origin }: KnownLog) {
  const log = state.own.get(origin) ?? state.replicas.get(origin)
  const size = reading.position(origin).judged
  const root =
    log === undefined || size === log.frontier.size ? log?.root : await rootAt(crypto, logReader.treeOf(origin), size)
  return { origin, size, root: formatBase64(root ?? crypto.sha256(new Uint8Array())) }
}

async function readStates({ database }: ParleyNode, channel: string): Promise<Map<string, SubjectState>> {
  const states = new Map<string, SubjectState>()
  for (let after = ''; ;) {
    const rows = await listSubjectStates(database.reader, { channel, after, limit: subjectsPerReadMax })
    for (const { id, state } of rows) states.set(id, JSON.parse(state) as SubjectState)
    const last = rows.at(-1)
    if (last === undefined || rows.length < subjectsPerReadMax) return states
    after = last.id
  }
}

/** What computed the states: the versions of the predicates, and the pack in force. */
async function digestRules({ crypto, database, registry }: ParleyNode, channel: string): Promise<string> {
  const [agreement] = await readSubjects(database.reader, channel, ['agreement'])
  const acts = agreement === undefined ? [] : (JSON.parse(agreement.acts) as Act[])
  const pack = viewInForce(acts, registry.channel(channel).parties) ?? ''
  const rules = formatCanonical({ record: validityVersion, mechanism: rulesVersion, pack })
  return formatHex(crypto.sha256(concatBytes(rulesContext, rules)))
}
