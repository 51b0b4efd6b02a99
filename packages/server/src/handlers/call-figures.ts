// The operation on what all calls of a channel come to: the mechanism counts, from the acts of every call that is held here.

import { countCalls } from '@parley/mechanism'
import type { Act, CountedCall, SubjectState } from '@parley/mechanism'
import type { Operations } from '@parley/api'
import { pageRowsMax } from '../db/page.ts'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'

export function createViewCallFigures(node: ParleyNode): Handler<Operations['viewCallFigures']> {
  return async ({ params: { channel } }) => {
    node.registry.channel(channel)
    const calls = await readAllCalls(node, channel)
    return {
      items: countCalls(calls).map(({ takenOn, to, ...figures }) => ({
        ...figures,
        called: to,
        takenOn: Object.entries(takenOn).flatMap(([rung, count]) => (count === 0 ? [] : [{ rung, count }])),
      })),
    }
  }
}

async function readAllCalls(node: ParleyNode, channel: string): Promise<CountedCall[]> {
  const { reader } = node.database
  const calls: CountedCall[] = []
  for (let before: number | undefined; ;) {
    const page = await listSubjects(reader, {
      channels: [channel],
      topic: 'hotline',
      ...(before === undefined ? {} : { before }),
      limit: pageRowsMax,
    })
    const ids = page.map(({ id }) => id)
    for (const { acts, state } of await readSubjects(reader, channel, ids)) {
      const viewed = JSON.parse(state) as Extract<SubjectState, { topic: 'hotline' }>
      calls.push({ state: viewed.state, acts: JSON.parse(acts) as Act[] })
    }
    if (page.length < pageRowsMax) return calls
    before = page.at(-1)!.changed
  }
}
