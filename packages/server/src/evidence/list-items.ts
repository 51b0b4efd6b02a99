// The items of evidence of a channel, the newest first, as their stored states say.

import type { EvidenceState, SubjectState } from '@parley/mechanism'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { listSubjects } from '../db/subjects.ts'

export interface Item {
  readonly id: string
  readonly state: EvidenceState
}

/** One page of rows is held at a time. */
export async function* listItems(reader: Reader, channel: string): AsyncGenerator<Item, void, void> {
  const filter = { channels: [channel], topic: 'evidence', limit: pageRowsMax }
  for (let before: number | undefined; ;) {
    const rows = await listSubjects(reader, before === undefined ? filter : { ...filter, before })
    for (const { id, state } of rows) {
      yield { id, state: (JSON.parse(state) as Extract<SubjectState, { topic: 'evidence' }>).state }
    }
    before = rows.at(-1)?.changed
    if (rows.length < pageRowsMax || before === undefined) return
  }
}
