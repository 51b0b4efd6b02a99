// Who is to be found at every contact point over the coming week: a line for each, both sides on one axis, with the
// midnights of each side's own zone. The words say the same under each line.

import { codeLists, listContactPoints } from '@parley/mechanism'
import type { Office, PartyDirectory } from '@parley/mechanism'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { PartyName } from '../ui/party-name.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { listDutySpans, stepMilliseconds } from './duty-spans.ts'
import type { DutySpan } from './duty-spans.ts'
import styles from './duty-week.module.css'

const weekMilliseconds = 7 * 86_400_000
const hourMilliseconds = 3_600_000

interface Point {
  readonly half: PartyDirectory
  readonly office: Office
}

/** `now` begins the week, at the last full hour. */
export function DutyWeek(props: { readonly parties: readonly PartyDirectory[]; readonly now: number }) {
  const t = useTranslations('directory')
  const start = Math.floor(props.now / hourMilliseconds) * hourMilliseconds
  const points = props.parties.flatMap((half) => pointsOf(half).map((office): Point => ({ half, office })))
  if (points.length === 0) return <p className={styles.none}>{t('noContacts')}</p>
  return (
    <>
      <p className={styles.key}>
        {(['on-duty', 'stand-in', 'out-of-hours', 'nobody'] as const).map((look) => (
          <span key={look} className={styles.keyItem}>
            <svg viewBox="0 0 24 12" className={styles.keyMark} aria-hidden="true">
              <rect width="24" height="12" className={styles[look]} />
            </svg>
            {t(`week_${look}`)}
          </span>
        ))}
      </p>
      <ul className={styles.points}>
        {points.map((point) => (
          <PointLine key={`${point.half.party} ${point.office.office}`} {...point} start={start} />
        ))}
      </ul>
    </>
  )
}

function pointsOf(half: PartyDirectory): readonly Office[] {
  const all = codeLists.contactKind.flatMap((kind) => listContactPoints(half, kind))
  return all.filter((office, at) => all.findIndex((one) => one.office === office.office) === at)
}

function PointLine({ half, office, start }: Point & { readonly start: number }) {
  const t = useTranslations('directory')
  const format = useFormatter()
  const codes = useCodes()
  const end = start + weekMilliseconds
  const spans = listDutySpans(half, office, start, end)
  const place = (at: number): number => ((at - start) / weekMilliseconds) * 100
  // Untrusted: another side may name a zone that this browser does not know.
  const zone = isZone(office.timeZone) ? office.timeZone : 'UTC'
  const midnights = listMidnights(zone, start, end)
  const changes = spans.filter(({ state }) => state !== 'out-of-hours')
  return (
    <li className={styles.point}>
      <h3 className={styles.name}>
        <PartyName party={half.party} /> <Untrusted>{office.office}</Untrusted>{' '}
        <span className={styles.zone}>
          {codes.inline('contactKind', office.contact ?? [])} · <Untrusted>{office.timeZone}</Untrusted>
        </span>
      </h3>
      <div className={styles.axis} aria-hidden="true">
        {midnights.map((at) => (
          <span key={at} className={styles.day} style={{ insetInlineStart: `${place(at)}%` }}>
            {format.dateTime(new Date(at), { weekday: 'short', day: 'numeric', timeZone: zone })}
          </span>
        ))}
      </div>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" className={styles.line} aria-hidden="true">
        {spans.map((span) => (
          <rect
            key={span.from}
            x={place(span.from)}
            y="1"
            width={place(span.until) - place(span.from)}
            height="8"
            className={styles[lookOf(span, office)]}
          />
        ))}
        {midnights.map((at) => (
          <line key={at} x1={place(at)} x2={place(at)} y1="0" y2="10" className={styles.midnight} />
        ))}
      </svg>
      {changes.length === 0 ? (
        <p className={styles.none}>{t('weekNobody')}</p>
      ) : (
        <details className={styles.words}>
          <summary>{t('weekWords', { count: changes.length })}</summary>
          <ul>
            {changes.map((span) => (
              <li key={span.from}>
                {format.dateTimeRange(new Date(span.from), new Date(span.until), {
                  weekday: 'short',
                  hour: '2-digit',
                  minute: '2-digit',
                  hourCycle: 'h23',
                  timeZone: zone,
                })}{' '}
                {span.state === 'on-duty' ? (
                  <>
                    {span.position === undefined ? null : codes.word('officePosition', span.position)}{' '}
                    {span.office === office.office
                      ? null
                      : t.rich('standsIn', { office: () => <Untrusted>{span.office}</Untrusted> })}
                  </>
                ) : (
                  t(`state_${span.state}`)
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function lookOf(span: DutySpan, office: Office): 'on-duty' | 'stand-in' | 'out-of-hours' | 'nobody' {
  if (span.state === 'out-of-hours') return 'out-of-hours'
  if (span.state !== 'on-duty') return 'nobody'
  return span.office === office.office ? 'on-duty' : 'stand-in'
}

/** The midnights of a zone. */
function listMidnights(timeZone: string, start: number, end: number): readonly number[] {
  const found: number[] = []
  let day = ''
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  for (let at = start; at < end; at += stepMilliseconds) {
    const next = format.format(at)
    if (day !== '' && next !== day) found.push(at)
    day = next
  }
  return found
}

function isZone(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
