// The inbox: every request, of one channel or of all, what is due first, each with its small drawing of time.

import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { codeLists } from '@parley/mechanism'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import type { ListQuery } from '../data/list-query.ts'
import { inboxList, view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Page } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { useShortcut } from '../ui/shortcuts.tsx'
import { Table } from '../ui/table.tsx'
import { useInboxColumns } from './inbox-row.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { SearchForm } from './search-form.tsx'
import { useRowMarks } from './use-row-marks.ts'
import styles from './inbox.module.css'

const channelRoute = getRouteApi('/signed-in/channels/$channel/requests')
const inboxRoute = getRouteApi('/signed-in/inbox')
const every = 'every'
const rowHeight = 76
const dueSoonHours = 24

/** The requests of every channel: the home page. */
export function InboxPage() {
  return <Inbox channel={undefined} search={inboxRoute.useSearch()} />
}

/** The requests of one channel. */
export function ChannelInboxPage() {
  return <Inbox channel={channelRoute.useParams().channel} search={channelRoute.useSearch()} />
}

function Inbox({ channel, search }: { readonly channel: string | undefined; readonly search: ListQuery }) {
  const t = useTranslations('requests')
  const i = useTranslations('inbox')
  const navigate = useNavigate()
  const now = useNodeNow()
  const { data: channels } = useSuspenseQuery(view('listChannels'))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(inboxList(channel, search))
  const rows = useMemo(() => data.pages.flatMap((page) => page.items), [data])
  const searchField = useRef<HTMLInputElement>(null)
  const columns = useInboxColumns(now)
  const place = useCallback(
    (query: ListQuery) => (channel === undefined ? paths.inbox(query) : paths.requests(channel, query)),
    [channel],
  )
  const go = (query: ListQuery) => void navigate(place(query))

  useRowMarks(rows)
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

  const narrowed = Object.keys(search).length > 0
  const from = channel ?? channels.items[0]?.id
  const title = channel === undefined ? i('title') : t('title')

  return (
    <Page
      name={title}
      actions={
        from === undefined ? undefined : (
          <ButtonLink {...paths.newRequest(from)} look="main" data-screen-only="">
            {t('new')}
          </ButtonLink>
        )
      }
    >
      <div className={styles.list}>
        <div className={styles.filters} data-screen-only="">
          <Directions search={search} place={place} />
          <Narrowing search={search} go={go} />
          <SearchForm
            label={t('search')}
            value={search.q ?? ''}
            ref={searchField}
            onSearch={(q) => {
              const { q: _q, ...others } = search
              go(q === '' ? others : { ...others, q })
            }}
          />
        </div>
        <SavedFilters search={search} narrowed={narrowed} />
        {rows.length === 0 ? (
          narrowed ? (
            <EmptyState title={t('noneMatch')} action={<Link {...place({})}>{t('showAll')}</Link>} />
          ) : (
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          )
        ) : (
          <Table
            label={title}
            columns={columns}
            count={rows.length}
            row={(at) => rows[at]}
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

type Place = (query: ListQuery) => ReturnType<typeof paths.inbox> | ReturnType<typeof paths.requests>

function Directions(props: { readonly search: ListQuery; readonly place: Place }) {
  const t = useTranslations('requests')
  const { direction, ...rest } = props.search
  const choices = [
    ['all', rest, direction === undefined],
    ['incoming', { ...rest, direction: 'incoming' }, direction === 'incoming'],
    ['outgoing', { ...rest, direction: 'outgoing' }, direction === 'outgoing'],
  ] as const
  return (
    <ul className={styles.directions}>
      {choices.map(([name, query, isChosen]) => (
        <li key={name}>
          <Link
            {...props.place(query)}
            className={`${styles.direction} ${isChosen ? styles.chosen : ''}`}
            {...(isChosen ? { 'aria-current': 'true' as const } : {})}
          >
            {t(name)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What is shown of all: by status, by who has it, and what is new, watched or due. */
function Narrowing({ go, search }: { readonly search: ListQuery; readonly go: (query: ListQuery) => void }) {
  const t = useTranslations('requests')
  const i = useTranslations('inbox')
  const codes = useCodes()
  const { assigned, status, due, unread, watched, ...rest } = search
  const show = unread === true ? 'unread' : watched === true ? 'watched' : due !== undefined ? 'due' : every
  const shown = {
    ...(unread === undefined ? {} : { unread }),
    ...(watched === undefined ? {} : { watched }),
    ...(due === undefined ? {} : { due }),
  }
  const kept = { ...(assigned === undefined ? {} : { assigned }), ...(status === undefined ? {} : { status }) }
  return (
    <>
      <div className={styles.status}>
        <Select
          label={t('status')}
          hiddenLabel
          value={status ?? every}
          options={[
            { id: every, label: t('everyStatus') },
            ...codeLists.requestStatus.map((id) => ({ id, label: codes.word('requestStatus', id) })),
          ]}
          onChange={(id) => {
            const { status: _status, ...others } = { ...rest, ...shown, ...kept }
            go(id === every ? others : { ...others, status: id })
          }}
        />
      </div>
      <div className={styles.status}>
        <Select
          label={i('who')}
          hiddenLabel
          value={assigned ?? every}
          options={[
            { id: every, label: i('anybody') },
            { id: 'me', label: i('mine') },
            { id: 'nobody', label: i('nobody') },
            ...(assigned === undefined || assigned === 'me' || assigned === 'nobody'
              ? []
              : [{ id: assigned, label: assigned }]),
          ]}
          onChange={(id) => {
            const { assigned: _assigned, ...others } = { ...rest, ...shown, ...kept }
            go(id === every ? others : { ...others, assigned: id })
          }}
        />
      </div>
      <div className={styles.status}>
        <Select
          label={i('show')}
          hiddenLabel
          value={show}
          options={[
            { id: every, label: i('everything') },
            { id: 'unread', label: i('onlyNews') },
            { id: 'watched', label: i('onlyWatched') },
            { id: 'due', label: i('onlyDue') },
          ]}
          onChange={(id) => {
            const others = { ...rest, ...kept }
            if (id === 'unread') go({ ...others, unread: true })
            else if (id === 'watched') go({ ...others, watched: true })
            else if (id === 'due') go({ ...others, due: dueSoonHours })
            else go(others)
          }}
        />
      </div>
    </>
  )
}
