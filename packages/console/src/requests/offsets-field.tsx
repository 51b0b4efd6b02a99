// What the clocks of an office's zone show: stated or not. The page works it out from the zones that the browser knows.

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SomeOf } from '../ui/choice.tsx'
import { listOffsets } from './zone-offsets.ts'
import type { Offset } from './zone-offsets.ts'

/** An office's entry expires and is said again long before. */
const yearsStated = 6

export function OffsetsField(props: {
  readonly id: string
  readonly label: string
  readonly error?: string | undefined
  /** The zone, as far as it is written. */
  readonly zone: unknown
  readonly value: readonly Offset[] | undefined
  readonly onChange: (value: readonly Offset[] | undefined) => void
}) {
  const t = useTranslations('form')
  const [now] = useState(() => Date.now())
  const offsets = typeof props.zone === 'string' ? listOffsets(props.zone, now, yearsStated) : undefined
  const shown = props.value ?? offsets
  return (
    <SomeOf
      id={props.id}
      label={props.label}
      hint={t(offsets === undefined ? 'offsetsOfNoZone' : 'offsetsHint')}
      error={props.error}
      choices={
        shown === undefined
          ? []
          : [{ id: 'stated', label: t('offsets', { now: spell(shown, now), count: shown.length - 1 }) }]
      }
      value={props.value === undefined ? [] : ['stated']}
      onChange={(list) => props.onChange(list.length === 0 ? undefined : offsets)}
    />
  )
}

/** `UTC+08:00`, of now. */
function spell(offsets: readonly Offset[], now: number): string {
  const minutes = offsets.findLast(({ from }) => from <= now)?.minutes ?? offsets[0]!.minutes
  const two = (value: number): string => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
