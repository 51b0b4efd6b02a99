// The state of a call as a word with a shape, and whether it is a drill or a test.

import type { CallRow } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'

const looks: Readonly<Record<string, readonly [Shape, Tone]>> = {
  ringing: ['triangle', 'alarm'],
  unanswered: ['cross', 'due'],
  declined: ['dash', 'due'],
  taken: ['disc', 'accent'],
  'stood-down': ['square', 'faint'],
  conflict: ['query', 'alarm'],
}

export function CallStatus({ call }: { readonly call: Pick<CallRow, 'status' | 'exercise' | 'purpose'> }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const [shape, tone] = looks[call.status] ?? ['ring', 'ink']
  return (
    <>
      <Badge shape={shape} tone={tone}>
        {codes.word('hotlineStatus', call.status)}
      </Badge>
      {call.exercise ? <Badge shape="frame">{t('drill')}</Badge> : null}
      {call.purpose === 'test' ? (
        <Badge shape="ring" tone="faint">
          {codes.word('hotlinePurpose', call.purpose)}
        </Badge>
      ) : null}
    </>
  )
}
