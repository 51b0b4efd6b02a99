// The ladder of a call, drawn: the rungs one over another as they are climbed, the time that each is given, which one rings,
// and who has the call.

import type { CallView } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import styles from './hotline.module.css'

export function Ladder({ data, now }: { readonly data: CallView; readonly now: number }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const { call, ladder } = data
  const reached = ladder.findIndex(({ rung }) => rung === call.rung)
  const handler = data.state['called'] as { readonly position: string } | undefined
  return (
    <ol className={styles.ladder} aria-label={t('ladder')}>
      {ladder.map(({ minutes, rung }, place) => {
        const here = place === reached
        return (
          <li key={rung} className={styles.rung} aria-current={here ? 'step' : undefined}>
            <span className={styles.rungName}>{codes.word('hotlineRung', rung)}</span>
            <span className={styles.rungTime}>{t('minutes', { count: minutes })}</span>
            {place < reached ? (
              <Badge shape="half" tone="faint">
                {t('rungPassed')}
              </Badge>
            ) : null}
            {place > reached ? (
              <Badge shape="ring" tone="faint">
                {t('rungAbove')}
              </Badge>
            ) : null}
            {here && call.status === 'ringing' ? (
              <Badge shape="triangle" tone="alarm">
                {t('rungRings')}
              </Badge>
            ) : null}
            {here && call.status === 'ringing' && call.rungUntil !== null ? (
              <span>
                {t(now > call.rungUntil ? 'rungOver' : 'rungUntil')} <Moment at={call.rungUntil} look="brief" />
              </span>
            ) : null}
            {here && call.status !== 'ringing' ? (
              <Badge shape="disc" tone="accent">
                {codes.word('hotlineStatus', call.status)}
              </Badge>
            ) : null}
            {here && handler !== undefined && call.status === 'taken' ? (
              <span>{t('has', { position: codes.word('officePosition', handler.position) })}</span>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
