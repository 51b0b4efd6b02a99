// One row of the inbox, column by column.

import type { InboxRow } from '@parley/api'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { SmallTimeline } from '../drawing/timeline.tsx'
import type { TimelineAct } from '../drawing/timeline-layout.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { StandingMark } from '../ui/standing-mark.tsx'
import type { Column } from '../ui/table.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { isOver } from '../requests/over.ts'
import { DueMark } from '../requests/due-mark.tsx'
import { StatusMark, UrgencyMark } from '../requests/status-mark.tsx'
import styles from './inbox.module.css'

/** @param now the node's clock, so that no age depends on this machine's. */
export function useInboxColumns(now: number): readonly Column<InboxRow>[] {
  const t = useTranslations('requests')
  const codes = useCodes()
  const i = useTranslations('inbox')
  return useMemo(
    () => [
      {
        id: 'request',
        head: t('columnRequest'),
        cell: (row) => (
          <div className={styles.subject}>
            <Link {...paths.request(row.channel, row.id)} className={styles.title}>
              {row.title === null ? codes.word('requestKind', row.kind) : <Untrusted>{row.title}</Untrusted>}
            </Link>
            <span className={styles.under}>
              <span>
                <PartyName party={row.requesting} /> → <PartyName party={row.requested} />
              </span>
              {row.title === null ? <span>{t('unread')}</span> : <span>{codes.word('requestKind', row.kind)}</span>}
              {row.unread ? (
                <Badge shape="disc" tone="accent">
                  {i('news')}
                </Badge>
              ) : null}
              {row.alsoAsked === 0 ? null : (
                <Badge shape="square" tone="due">
                  {i('alsoAsked', { count: row.alsoAsked })}
                </Badge>
              )}
              {row.assigned === null ? null : (
                <span>{i.rich('assignedTo', { who: () => <Untrusted>{row.assigned ?? ''}</Untrusted> })}</span>
              )}
              {row.watched ? <span>{i('watching')}</span> : null}
              {row.exercise ? <Badge shape="frame">{t('exercise')}</Badge> : null}
            </span>
          </div>
        ),
      },
      {
        id: 'status',
        head: t('columnStatus'),
        cell: (row) => (
          <div className={styles.stack}>
            <StatusMark status={row.status} />
            <UrgencyMark urgency={row.urgency} />
          </div>
        ),
      },
      {
        id: 'time',
        head: t('columnTime'),
        cell: (row) => (
          <div className={styles.stack}>
            <RowTimeline row={row} now={now} />
            {row.due === null ? null : <DueMark due={row.due} now={now} />}
          </div>
        ),
      },
      {
        id: 'last',
        head: t('columnLast'),
        cell: (row) => (
          <div className={styles.stack}>
            <span className={styles.last}>
              <PartyName party={row.last.party} /> {codes.act(row.last.type)}
            </span>
            <span className={styles.line}>
              <span className={styles.faint}>
                <Moment at={row.last.at} look="brief" />
              </span>
              <StandingMark standing={row.last.standing.level} />
            </span>
          </div>
        ),
      },
    ],
    [now, t, codes, i],
  )
}

function RowTimeline(props: { readonly row: InboxRow; readonly now: number }) {
  const { row } = props
  const opened = row.opened.notBefore ?? row.opened.notAfter
  const acts: TimelineAct[] = []
  // Where no evidence bounds the opening, it is not drawn rather than drawn somewhere.
  if (opened !== null) acts.push({ id: 'opened', half: 'asking', at: opened, interval: row.opened })
  if (row.last.type !== 'request.opened' || opened === null) {
    acts.push({ id: 'last', half: row.last.party === row.requesting ? 'asking' : 'asked', at: row.last.at })
  }
  const due = row.due
  const open = !isOver(row.status)
  return (
    <SmallTimeline
      acts={acts}
      targets={due === null ? [] : [{ id: 'due', half: 'asked', interval: due.target }]}
      now={open ? Math.max(props.now, row.last.at) : undefined}
    />
  )
}
