// The inbox: every request of the channel, what is due first, each with its small drawing of time.

import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { codeLists } from '@parley/mechanism'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { requestList } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Page } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { useShortcut } from '../ui/shortcuts.tsx'
import { Table } from '../ui/table.tsx'
import { useRequestColumns } from './request-row.tsx'
import { SearchForm } from './search-form.tsx'
import styles from './requests-page.module.css'

const route = getRouteApi('/signed-in/channels/$channel/requests')
const everyStatus = 'every'
const rowHeight = 76

export function RequestsPage() {
  const t = useTranslations('requests')
  const codes = useCodes()
  const { channel } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNodeNow()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    requestList(channel, search),
  )
  const rows = useMemo(() => data.pages.flatMap((page) => page.items), [data])
  const searchField = useRef<HTMLInputElement>(null)
  const columns = useRequestColumns(channel, now)

  useShortcut(
    '/',
    t('search'),
    useCallback(() => searchField.current?.focus(), []),
  )

  const onView = useCallback(
    (_: number, last: number) => {
      if (last >= rows.length - 10 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    [rows.length, hasNextPage, isFetchingNextPage, fetchNextPage],
  )

  const narrowed = search.q !== undefined || search.status !== undefined || search.direction !== undefined
  const { direction: _, ...rest } = search
  const active = { className: styles.chosen!, 'aria-current': 'true' } as const
  const exact = { exact: true, includeSearch: true }

  return (
    <Page
      name={t('title')}
      actions={
        <ButtonLink {...paths.newRequest(channel)} look="main" data-screen-only="">
          {t('new')}
        </ButtonLink>
      }
    >
      <div className={styles.list}>
        <div className={styles.filters} data-screen-only="">
          <ul className={styles.directions}>
            <li>
              <Link
                {...paths.requests(channel, rest)}
                activeProps={active}
                activeOptions={exact}
                className={styles.direction}
              >
                {t('all')}
              </Link>
            </li>
            <li>
              <Link
                {...paths.requests(channel, { ...rest, direction: 'incoming' })}
                activeProps={active}
                activeOptions={exact}
                className={styles.direction}
              >
                {t('incoming')}
              </Link>
            </li>
            <li>
              <Link
                {...paths.requests(channel, { ...rest, direction: 'outgoing' })}
                activeProps={active}
                activeOptions={exact}
                className={styles.direction}
              >
                {t('outgoing')}
              </Link>
            </li>
          </ul>
          <div className={styles.status}>
            <Select
              label={t('status')}
              hiddenLabel
              value={search.status ?? everyStatus}
              options={[
                { id: everyStatus, label: t('everyStatus') },
                ...codeLists.requestStatus.map((status) => ({
                  id: status,
                  label: codes.word('requestStatus', status),
                })),
              ]}
              onChange={(status) => {
                const { status: _status, ...others } = search
                void navigate({ search: status === everyStatus ? others : { ...others, status } })
              }}
            />
          </div>
          <SearchForm
            label={t('search')}
            value={search.q ?? ''}
            ref={searchField}
            onSearch={(q) => {
              const { q: _q, ...others } = search
              void navigate({ search: q === '' ? others : { ...others, q } })
            }}
          />
        </div>
        {rows.length === 0 ? (
          narrowed ? (
            <EmptyState title={t('noneMatch')} action={<Link {...paths.requests(channel)}>{t('showAll')}</Link>} />
          ) : (
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          )
        ) : (
          <Table
            label={t('title')}
            columns={columns}
            count={rows.length}
            row={(place) => rows[place]}
            onView={onView}
            grid={styles.grid!}
            rowHeight={rowHeight}
          />
        )}
        {isFetchingNextPage ? <p className={styles.more}>{t('more')}</p> : null}
      </div>
    </Page>
  )
}
