// A moment as a person reads it: in the reader's own zone, with the UTC that everybody shares.

import { useFormatter, useTranslations } from 'use-intl'
import styles from './moment.module.css'

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/**
 * @param props.at milliseconds since the epoch, UTC
 * @param props.look `both` shows zone and UTC; `brief` the date and clock alone, for dense rows, with the rest in `title`
 */
export function Moment(props: { readonly at: number; readonly look?: 'both' | 'brief' | 'exact' }) {
  const format = useFormatter()
  const t = useTranslations('ui')
  const date = new Date(props.at)
  const seconds = props.look === 'exact' ? ({ second: '2-digit', fractionalSecondDigits: 3 } as const) : {}
  const local = format.dateTime(date, { ...day, ...clock, ...seconds })
  const universal = format.dateTime(date, { ...(sameDay(date) ? {} : day), ...clock, ...seconds, timeZone: 'UTC' })
  if (props.look === 'brief') {
    return (
      <time dateTime={date.toISOString()} title={`${universal} UTC`} className={styles.brief}>
        {local}
      </time>
    )
  }
  return (
    <time dateTime={date.toISOString()} className={styles.moment}>
      {local}
      {localIsUniversal(date) ? (
        ' UTC'
      ) : (
        <span className={styles.universal}> {t('universalTime', { time: universal })}</span>
      )}
    </time>
  )
}

function localIsUniversal(date: Date): boolean {
  return date.getTimezoneOffset() === 0
}

function sameDay(date: Date): boolean {
  return date.getDate() === date.getUTCDate()
}
