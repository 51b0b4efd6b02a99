// The week of a rota, drawn: a line for each day in the office's own time, and on it who is on duty when. The words say the
// same beside the drawing.

import type { Rota } from '@parley/mechanism'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { nameWeekday, weekdays } from '../requests/weekdays.ts'
import { spansOfDay } from './rota-spans.ts'
import styles from './directory.module.css'

const dayMinutes = 1440
function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

export function RotaWeek(props: { readonly office: string; readonly weekly: Rota['weekly'] }) {
  const t = useTranslations('directory')
  const codes = useCodes()
  const format = useFormatter()
  return (
    <table className={styles.rota}>
      <caption>{t('rota')}</caption>
      <tbody>
        {weekdays.map((day) => {
          const spans = spansOfDay(props.weekly, day)
          return (
            <tr key={day}>
              <th scope="row">{nameWeekday(format, day)}</th>
              <td>
                <svg
                  viewBox={`0 0 ${dayMinutes} 100`}
                  preserveAspectRatio="none"
                  className={styles.week}
                  aria-hidden="true"
                >
                  <line x1="0" y1="50" x2={dayMinutes} y2="50" className={styles.weekLine} />
                  {spans.map(({ from, until }) => (
                    <rect key={from} x={from} y="15" width={until - from} height="70" className={styles.weekSpan} />
                  ))}
                </svg>
              </td>
              <td className={styles.weekWords}>
                {spans.length === 0
                  ? t('nobodyOnDay')
                  : spans
                      .map(
                        ({ from, position, until }) =>
                          `${clock(from)}–${clock(until)} ${codes.inline('officePosition', [position])}`,
                      )
                      .join(t('semicolon'))}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
