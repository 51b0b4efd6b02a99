// Sends pings to the other members now and then. When is a matter of chance around the interval that the settings name, so
// that nobody can be ready for a ping alone. Chance and the clock are arguments.

import type { Code } from '@parley/mechanism'
import { listSubjects } from '../db/subjects.ts'
import type { ParleyNode } from '../node.ts'
import { recordAct } from './act.ts'

const dayMilliseconds = 86_400_000

export interface PingSettings {
  /** The days between two pings, on average. */
  readonly everyDays: number
  readonly contact: Code<'contactKind'>
}

/** When the next ping is due after one at `last`: between half and one and a half intervals. `chance` is in [0, 1). */
export function nextPing(last: number, { everyDays }: PingSettings, chance: number): number {
  return last + Math.floor(everyDays * dayMilliseconds * (0.5 + chance))
}

export interface PingSchedule {
  /** One round at a moment (Unix milliseconds): sends what is due. Returns the channels in which it sent something. */
  look(now: number): Promise<readonly string[]>
}

export function createPingSchedule(node: ParleyNode, settings: PingSettings, chance: () => number): PingSchedule {
  const due = new Map<string, number>()

  async function lookAt(channel: string, to: string, now: number): Promise<boolean> {
    const key = `${channel} ${to}`
    let moment = due.get(key)
    if (moment === undefined) {
      const { self } = node.registry
      const [last] = await listSubjects(node.database.reader, {
        channels: [channel],
        topic: 'ping',
        requester: self,
        requested: to,
        limit: 1,
      })
      moment = nextPing(last?.openedAt ?? now, settings, chance())
      due.set(key, moment)
    }
    if (now < moment) return false
    await recordAct(node, channel, { type: 'ping.sent', data: { to, contact: settings.contact } })
    due.set(key, nextPing(now, settings, chance()))
    return true
  }

  return {
    async look(now) {
      const sent: string[] = []
      for (const { channel, parties } of node.registry.channels()) {
        for (const party of parties) {
          if (party !== node.registry.self && (await lookAt(channel, party, now))) sent.push(channel)
        }
      }
      return sent
    },
  }
}
