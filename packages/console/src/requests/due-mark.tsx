// What is due and when, in the words of the clock's state; the shape says the same.

import type { Clock, RequestRow } from '@parley/api'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'

const looks: Record<Clock['state'], readonly [Shape, Tone]> = {
  'in-time': ['ring', 'ink'],
  due: ['diamond', 'due'],
  overdue: ['triangle', 'alarm'],
  paused: ['dash', 'faint'],
  disputed: ['query', 'due'],
  met: ['disc', 'ink'],
  late: ['triangle', 'alarm'],
  stopped: ['dash', 'faint'],
}

/** The name of a state as keys of messages spell it. */
export function clockKey<S extends Clock['state']>(state: S): S extends 'in-time' ? 'in_time' : Exclude<S, 'in-time'>
export function clockKey(state: Clock['state']): string {
  return state.replace('-', '_')
}

/** @param props.now the node's clock */
export function DueMark(props: { readonly due: NonNullable<RequestRow['due']>; readonly now: number }) {
  const t = useTranslations('clock')
  const format = useFormatter()
  const codes = useCodes()
  const { what, at, state } = props.due
  const [shape, tone] = looks[state]
  const time = format.relativeTime(new Date(at), { now: new Date(props.now) })
  return (
    <Badge shape={shape} tone={tone}>
      {t(clockKey(state), { what: codes.clock(what), time })}
    </Badge>
  )
}
