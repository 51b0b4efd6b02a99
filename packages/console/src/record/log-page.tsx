// One log: its entries, however many, and every signature over its heads.

import type { EntryRow } from '@parley/api'
import { useQueries, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { MissingPage } from '../app/problem-page.tsx'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { usePartyName } from '../ui/agreement-names.ts'
import { Badge } from '../ui/badge.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Digest } from '../ui/digest.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Page } from '../ui/page.tsx'
import { StandingMark } from '../ui/standing-mark.tsx'
import { Table } from '../ui/table.tsx'
import type { Column } from '../ui/table.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { CosignatureList } from './cosignature-list.tsx'
import styles from './record.module.css'

const route = getRouteApi('/signed-in/channels/$channel/record/$log')
const pageSize = 100
const rowHeight = 49

export default function LogPage() {
  const t = useTranslations('record')
  const name = usePartyName()
  const { channel, log: id } = route.useParams()
  const { data: logs } = useSuspenseQuery(view('listLogs'))
  const log = logs.items.find((item) => item.id === id)
  if (log === undefined) return <MissingPage />
  return (
    <Page
      name={t('logOf', { party: name(log.party) })}
      trail={
        <Breadcrumb>
          {[
            <Link key="record" {...paths.record(channel)}>
              {t('title')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <span translate="no">{log.origin}</span>
          <span>{t('entries', { count: log.size })}</span>
          {log.frozen ? (
            <Badge shape="cross" tone="alarm">
              {t('frozen')}
            </Badge>
          ) : null}
        </>
      }
    >
      <Tabs
        label={t('parts')}
        tabs={[
          {
            id: 'entries',
            label: t('entriesTab'),
            content:
              log.size === 0 ? (
                <EmptyState title={t('noEntries')}>{t('noEntriesText')}</EmptyState>
              ) : (
                <EntryTable channel={channel} log={id} size={log.size} />
              ),
          },
          { id: 'signatures', label: t('signaturesTab'), content: <CosignatureList log={id} /> },
        ]}
      />
    </Page>
  )
}

/** Pages of entries are asked for as they come into view; what is above and below stays in the cache. */
function EntryTable(props: { readonly channel: string; readonly log: string; readonly size: number }) {
  const t = useTranslations('record')
  const [[first, last], setView] = useState<readonly [number, number]>([0, 0])
  const firstPage = Math.floor(first / pageSize)
  const lastPage = Math.max(firstPage, Math.floor(Math.min(last, firstPage * pageSize + 3 * pageSize) / pageSize))
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, i) => firstPage + i)
  const answers = useQueries({
    queries: pages.map((page) =>
      view('listEntries', { params: { log: props.log }, query: { from: page * pageSize, limit: pageSize } }),
    ),
  })
  const rows = new Map<number, EntryRow>()
  for (const { data } of answers) for (const row of data?.items ?? []) rows.set(row.position, row)
  const columns = useEntryColumns(props.channel, props.log)
  const onView = useCallback(
    (from: number, to: number) => setView((now) => (now[0] === from && now[1] === to ? now : [from, to])),
    [],
  )
  return (
    <Table
      label={t('entriesTab')}
      columns={columns}
      count={props.size}
      row={(place) => rows.get(place)}
      onView={onView}
      grid={styles.grid!}
      rowHeight={rowHeight}
    />
  )
}

function useEntryColumns(channel: string, log: string): readonly Column<EntryRow>[] {
  const t = useTranslations('record')
  const codes = useCodes()
  return useMemo(
    () => [
      { id: 'position', head: t('position'), cell: (row) => <span className={styles.position}>{row.position}</span> },
      {
        id: 'type',
        head: t('type'),
        cell: (row) => (
          <Link {...paths.entry(channel, log, row.position)} className={styles.entryLink}>
            {row.type === null ? t('unreadable') : codes.act(row.type)}
          </Link>
        ),
      },
      { id: 'at', head: t('at'), cell: (row) => (row.at === null ? '—' : <Moment at={row.at} look="brief" />) },
      {
        id: 'standing',
        head: t('standing'),
        cell: (row) =>
          row.verdict === 'valid' ? (
            <StandingMark standing={row.standing.level} />
          ) : (
            <VerdictMark verdict={row.verdict} code={row.code} />
          ),
      },
      { id: 'digest', head: t('digest'), cell: (row) => <Digest value={row.digest} name={t('digest')} /> },
    ],
    [channel, log, t, codes],
  )
}
