// What an entry was judged to be, and why when it has no effect.

import { useCodes } from '../i18n/codes.ts'
import { Badge } from './badge.tsx'
import type { Shape, Tone } from './badge.tsx'

export type Verdict = 'valid' | 'invalid' | 'unknown' | 'waiting'

const looks: Record<Verdict, readonly [Shape, Tone]> = {
  valid: ['disc', 'ink'],
  invalid: ['cross', 'alarm'],
  unknown: ['query', 'due'],
  waiting: ['ring', 'faint'],
}

export function VerdictMark(props: { readonly verdict: Verdict; readonly code?: string | undefined }) {
  const codes = useCodes()
  const [shape, tone] = looks[props.verdict]
  return (
    <Badge shape={shape} tone={tone}>
      {codes.word('verdict', props.verdict)}
      {props.code === undefined ? null : <> · {codes.reason(props.code)}</>}
    </Badge>
  )
}
