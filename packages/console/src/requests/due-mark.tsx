// What is due and when, in the words of the clock's state; the shape says the same.

import type { Clock, RequestRow } from '@parley/api'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'

const looks: Record<Clock['state'], readonly [Shape, Tone]> = {
  running: ['ring', 'ink'],
  paused: ['dash', 'faint'],
  met: ['disc', 'ink'],
  late: ['triangle', 'alarm'],
  disputed: ['query', 'due'],
}

const soonMilliseconds = 24 * 3_600_000

/** @param props.now the node's clock */
export function DueMark(props: { readonly due: NonNullable<RequestRow['due']>; readonly now: number }) {
  const t = useTranslations('clock')
  const format = useFormatter()
  const codes = useCodes()
  const { what, at, state } = props.due
  const soon = state === 'running' && at - props.now < soonMilliseconds
  const [shape, tone]: readonly [Shape, Tone] = soon ? ['diamond', 'due'] : looks[state]
  const time = format.relativeTime(new Date(at), { now: new Date(props.now) })
  return (
    <Badge shape={shape} tone={tone}>
      {t(state, { what: codes.clock(what), time })}
    </Badge>
  )
}
