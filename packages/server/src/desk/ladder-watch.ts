// Looks after the calls that we have raised: when the time of a rung has passed without an answer, it tells the pages, and
// where the settings say so it records the silence and rings the next rung by itself. The clock only suggests; what it does
// are entries like any other, under the same rules.

import { ladderOf, nextRung, viewInForce } from '@parley/mechanism'
import type { Act, HotlineState, SubjectState } from '@parley/mechanism'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { recordAct } from './act.ts'
import { rungUntil } from './rung-time.ts'

/** Ringing calls of our own that one round looks at in one channel. */
export const watchedCallsMax = 50

/** A rung of ours whose time has passed. */
export interface RungPassed {
  readonly channel: string
  readonly call: string
}

export interface LadderWatch {
  /** One round at a moment (Unix milliseconds). A rung is told of once, and again after the call has rung anew. */
  look(now: number): Promise<readonly RungPassed[]>
}

/** `climbs`: whether the node goes up the ladder by itself. */
export function createLadderWatch(node: ParleyNode, { climbs }: { readonly climbs: boolean }): LadderWatch {
  let told = new Map<string, string>()

  async function lookAt(channel: string, now: number): Promise<RungPassed[]> {
    const { reader } = node.database
    const ringing = await listSubjects(reader, {
      channels: [channel],
      topic: 'hotline',
      statuses: ['ringing'],
      requester: node.registry.self,
      limit: watchedCallsMax,
    })
    if (ringing.length === 0) return []
    const rows = await readSubjects(reader, channel, [...ringing.map(({ id }) => id), 'agreement'])
    const agreement = rows.find(({ id }) => id === 'agreement')
    const inForce = viewInForce(
      agreement === undefined ? [] : (JSON.parse(agreement.acts) as Act[]),
      node.registry.channel(channel).parties,
    )
    const ladder = ladderOf(inForce === undefined ? undefined : node.packs.get(inForce))
    const passed: RungPassed[] = []
    for (const row of rows) {
      if (row.topic !== 'hotline') continue
      const { state } = JSON.parse(row.state) as Extract<SubjectState, { topic: 'hotline' }>
      const until = rungUntil(state, JSON.parse(row.acts) as Act[], ladder)
      if (until === undefined || now < until || told.get(row.id) === state.since) continue
      told.set(row.id, state.since)
      passed.push({ channel, call: row.id })
      if (climbs) await climb(channel, row.id, state, nextRung(ladder, state.level, state)?.rung)
    }
    return passed
  }

  async function climb(
    channel: string,
    call: string,
    { exercise, rung }: HotlineState,
    next: HotlineState['rung'] | undefined,
  ): Promise<void> {
    const marks = { subject: call, ...(exercise ? { exercise: true as const } : {}) }
    try {
      await recordAct(node, channel, { type: 'hotline.unanswered', data: { rung }, ...marks })
      if (next === undefined) return
      await recordAct(node, channel, {
        type: 'hotline.escalated',
        data: { rung: next, ground: 'time-passed' },
        ...marks,
      })
    } catch (error) {
      // Somebody answered, stood down or went up meanwhile, or the log takes nothing now: the next round looks again.
      if (!(error instanceof ServerError)) throw error
      told.delete(call)
    }
  }

  return {
    async look(now) {
      const passed = (await Promise.all(node.registry.channels().map(({ channel }) => lookAt(channel, now)))).flat()
      if (told.size > watchedCallsMax * 20) told = new Map([...told].slice(-watchedCallsMax))
      return passed
    },
  }
}
