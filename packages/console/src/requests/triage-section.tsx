// Whether, in what form and by when the substance will come: an answer of its own, with a clock of its own, apart from the substance.

import type { RequestView } from '@parley/api'
import type { RequestState } from '@parley/mechanism'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Moment } from '../ui/moment.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { clockKey } from './due-mark.tsx'
import { isOver } from './over.ts'
import styles from './case.module.css'

export function TriageSection(props: { readonly data: RequestView }) {
  const t = useTranslations('triage')
  const request = useTranslations('request')
  const codes = useCodes()
  const { acts, clocks, request: row, state } = props.data
  const { triages } = state as unknown as Pick<RequestState, 'triages'>
  const clock = clocks.find(({ what }) => what === 'triage')
  if (triages.length === 0 && (clock === undefined || isOver(row.status))) return null
  const target = clock?.target.notAfter ?? clock?.target.notBefore ?? null
  const facts: [ReactNode, ReactNode][] =
    clock === undefined || target === null
      ? []
      : [
          [
            t('owed'),
            <span key="clock" className={styles.reference}>
              <Moment at={target} /> <span>{request(`clock_${clockKey(clock.state)}`)}</span>
            </span>,
          ],
        ]
  for (const [place, { entry, expected, form, will }] of triages.entries()) {
    const at = acts.find((act) => act.entry.digest === entry)?.at
    facts.push([
      place === 0 ? codes.field('will') : t('later'),
      <span key={entry} className={styles.reference}>
        <strong>{codes.word('will', will)}</strong>
        {form === undefined ? null : (
          <span>
            {codes.field('form')} {codes.inline('answerForm', [form])}
          </span>
        )}
        {expected === undefined ? null : (
          <span>
            {codes.field('expected')} <Moment at={expected} />
          </span>
        )}
        {at === undefined ? null : (
          <span className={styles.faint}>
            <Moment at={at} />
          </span>
        )}
      </span>,
    ])
  }
  return (
    <Section title={t('title')}>
      {triages.length === 0 ? <p>{t('none')}</p> : null}
      <Facts facts={facts} />
    </Section>
  )
}
