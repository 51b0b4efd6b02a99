// The marks of an item: how it stands, how it is to be handled, what a party says of its copy. Each a word with a shape.

import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import styles from './evidence.module.css'

const statuses: Readonly<Record<string, readonly [Shape, Tone]>> = {
  sealed: ['ring', 'ink'],
  given: ['half', 'ink'],
  received: ['disc', 'ink'],
  'erasure-awaited': ['diamond', 'due'],
  erased: ['dash', 'faint'],
  conflict: ['cross', 'alarm'],
}

const custodies: Readonly<Record<string, readonly [Shape, Tone]>> = {
  none: ['ring', 'faint'],
  sealed: ['square', 'ink'],
  given: ['half', 'due'],
  received: ['three-quarters', 'ink'],
  opened: ['disc', 'ink'],
  erased: ['dash', 'faint'],
}

export function ItemStatus(props: { readonly status: string }) {
  const codes = useCodes()
  const [shape, tone] = statuses[props.status] ?? ['query', 'ink']
  return (
    <Badge shape={shape} tone={tone}>
      {codes.word('evidenceStatus', props.status)}
    </Badge>
  )
}

export function CustodyStatus(props: { readonly status: string }) {
  const codes = useCodes()
  const [shape, tone] = custodies[props.status] ?? ['query', 'ink']
  return (
    <Badge shape={shape} tone={tone}>
      {codes.word('custodyStatus', props.status)}
    </Badge>
  )
}

/** The marking as TLP 2.0 writes it, with what it means where the language has a gloss for it. */
export function HandlingMark(props: { readonly handling: string }) {
  const codes = useCodes()
  return <span className={styles.marking}>{codes.word('handling', props.handling)}</span>
}

/** What the file is called; nothing hides in it, and its true extension is where it seems to be. */
export function ItemName(props: { readonly name: string | null }) {
  const t = useTranslations('evidence')
  return props.name === null ? <>{t('unnamed')}</> : <Untrusted>{props.name}</Untrusted>
}

const holding: ReadonlySet<string> = new Set(['sealed', 'received', 'opened'])

/** The parties that hold a copy, as they say themselves. */
export function listHolders(custody: readonly { readonly party: string; readonly status: string }[]): string[] {
  return custody.filter(({ status }) => holding.has(status)).map(({ party }) => party)
}
