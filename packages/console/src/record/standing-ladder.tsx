// The five standings in a row, those that the entry has reached filled, and since when it stands where it does.

import type { Standing } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Moment } from '../ui/moment.tsx'
import { standingLevels, StandingMark } from '../ui/standing-mark.tsx'
import styles from './record.module.css'

/** A standing that the entry cannot reach is not shown: without neutral witnesses, or without a text to open. */
export function StandingLadder(props: {
  readonly standing: Standing
  readonly witnessed: boolean
  readonly opened: boolean
}) {
  const t = useTranslations('entry')
  const codes = useCodes()
  const levels = standingLevels.filter(
    (level) =>
      level === props.standing.level || (level === 'witnessed' ? props.witnessed : level !== 'opened' || props.opened),
  )
  const reached = levels.indexOf(props.standing.level)
  return (
    <ol className={styles.ladder} aria-label={t('standing')}>
      {levels.map((level, place) => (
        <li
          key={level}
          className={place <= reached ? styles.reached : styles.ahead}
          aria-current={place === reached ? 'step' : undefined}
        >
          {place <= reached ? <StandingMark standing={level} /> : codes.word('standing', level)}
          <span className={styles.ladderText}>
            {place === reached ? (
              <>
                {t('since')} <Moment at={props.standing.since} look="brief" />
              </>
            ) : place < reached ? null : (
              t('notYet')
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
