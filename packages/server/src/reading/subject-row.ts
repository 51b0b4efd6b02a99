// The row of a subject: its state as the mechanism computes it, and the columns that lists filter by.

import { viewSubject } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import type { Subject } from '../db/subjects.ts'

/** Raised whenever rows would be computed otherwise; rows of an older version are computed again at start. */
export const projectionVersion = 1

/** Computes the row from the valid acts of a subject, in whatever order they came. */
export function composeSubjectRow(
  channel: string,
  id: string,
  acts: readonly Act[],
  parties: readonly string[],
  changed: number,
): Subject {
  const viewed = viewSubject(id, acts, parties)
  const row = {
    channel,
    id,
    topic: viewed.topic,
    acts: JSON.stringify(acts),
    state: JSON.stringify(viewed),
    changed,
    projection: projectionVersion,
  }
  switch (viewed.topic) {
    case 'request': {
      const { status, kind, urgency, from, to } = viewed.state
      const openedAt = acts.find((act) => act.digest === id)?.at ?? null
      return { ...row, status, kind, urgency, requester: from, requested: to, openedAt }
    }
    case 'hotline': {
      const { status, reason, level, from, to } = viewed.state
      const openedAt = acts.find((act) => act.digest === id)?.at ?? null
      return { ...row, status, kind: reason, urgency: level, requester: from, requested: to, openedAt }
    }
    case 'ping': {
      const { status, contact, from, to } = viewed.state
      const openedAt = acts.find((act) => act.digest === id)?.at ?? null
      return { ...row, status, kind: contact, urgency: null, requester: from, requested: to, openedAt }
    }
    case 'agreement':
      return { ...row, status: viewed.state.status, ...withoutRequest }
    case 'directory':
      return { ...row, status: 'standing', ...withoutRequest }
  }
}

const withoutRequest = { kind: null, urgency: null, requester: null, requested: null, openedAt: null }
