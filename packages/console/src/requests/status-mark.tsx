// The status of a request as a word with a shape: full when a side has done its part, hollow while somebody waits.

import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'

const looks: Readonly<Record<string, readonly [Shape, Tone]>> = {
  open: ['ring', 'ink'],
  acknowledged: ['quarter', 'ink'],
  forwarded: ['quarter', 'ink'],
  returned: ['frame', 'due'],
  queried: ['frame', 'due'],
  postponed: ['frame', 'ink'],
  accepted: ['half', 'ink'],
  'answered-in-part': ['three-quarters', 'ink'],
  answered: ['disc', 'ink'],
  refused: ['square', 'ink'],
  preserved: ['disc', 'ink'],
  released: ['square', 'ink'],
  abandoned: ['dash', 'faint'],
  lapsed: ['dash', 'faint'],
  withdrawn: ['dash', 'faint'],
  closed: ['dash', 'faint'],
  conflict: ['cross', 'alarm'],
}

export function StatusMark(props: { readonly status: string }) {
  const codes = useCodes()
  const [shape, tone] = looks[props.status] ?? ['query', 'ink']
  return (
    <Badge shape={shape} tone={tone}>
      {codes.word('requestStatus', props.status)}
    </Badge>
  )
}

const urgencies: Readonly<Record<string, readonly [Shape, Tone]>> = {
  emergency: ['triangle', 'alarm'],
  urgent: ['diamond', 'due'],
}

/** Nothing for an ordinary request: only what stands out is marked. */
export function UrgencyMark(props: { readonly urgency: string }) {
  const codes = useCodes()
  const look = urgencies[props.urgency]
  if (look === undefined) return null
  return (
    <Badge shape={look[0]} tone={look[1]}>
      {codes.word('urgency', props.urgency)}
    </Badge>
  )
}
