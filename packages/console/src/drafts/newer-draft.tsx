// What a colleague saved while somebody was writing: theirs in full, beside the form that still holds one's own text.

import type { DraftView } from '@parley/api'
import { useTranslations } from 'use-intl'
import { BodyShown } from '../requests/act-body.tsx'
import { readBody } from '../requests/body-text.ts'
import { DataFacts } from '../requests/data-facts.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { ColleagueName } from './colleague-name.tsx'
import styles from './drafts.module.css'

export function NewerDraft(props: {
  readonly saved: DraftView
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}) {
  const t = useTranslations('drafts')
  const { saved } = props
  return (
    <Notice title={t('moved')} tone="due" live>
      <div className={styles.newer}>
        <p>{t('movedText')}</p>
        <p>
          <ColleagueName person={saved.changedBy} /> · <Moment at={saved.changed} />
        </p>
        <DataFacts data={saved.data} type={saved.type} />
        {saved.body === undefined ? null : <BodyShown body={readBody(saved.body)} channel={saved.channel} />}
        <div className={styles.actions}>
          <Button onPress={props.onTakeTheirs}>{t('takeTheirs')}</Button>
          <Button onPress={props.onKeepMine}>{t('keepMine')}</Button>
        </div>
      </div>
    </Notice>
  )
}
