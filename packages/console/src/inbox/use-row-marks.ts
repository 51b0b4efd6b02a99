// What can be done to the row that has the focus: take it, watch it, acknowledge it.

import type { InboxRow } from '@parley/api'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { useShortcut } from '../ui/shortcuts.tsx'
import { useSay } from '../ui/toasts.tsx'

/** The row with the focus, if one has it. */
function focusedRow(rows: readonly InboxRow[]): InboxRow | undefined {
  const place = document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset['place']
  return place === undefined ? undefined : rows[Number(place)]
}

/** Registers `t`, `w` and `a`. */
export function useRowMarks(rows: readonly InboxRow[]): void {
  const t = useTranslations('inbox')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const { data: session } = useSuspenseQuery(view('viewSession'))

  const change = useCallback(
    (work: (row: InboxRow) => Promise<string>) => {
      const row = focusedRow(rows)
      if (row === undefined) return
      work(row)
        .then(async (said) => {
          await queries.invalidateQueries({ queryKey: ['listInbox'] })
          say(said)
        })
        .catch(() => say(t('markFailed')))
    },
    [rows, queries, say, t],
  )

  useShortcut(
    't',
    t('take'),
    useCallback(
      () =>
        change(async ({ assigned, channel, id }) => {
          const account = assigned === session.account ? null : session.account
          await client.assignRequest({ params: { channel, id }, body: { account } })
          return account === null ? t('givenBack') : t('taken')
        }),
      [change, session.account, t],
    ),
  )
  useShortcut(
    'w',
    t('watch'),
    useCallback(
      () =>
        change(async ({ channel, id, watched }) => {
          await client.watchRequest({ params: { channel, id }, body: { watched: !watched } })
          return watched ? t('unwatched') : t('watched')
        }),
      [change, t],
    ),
  )
  useShortcut(
    'a',
    t('acknowledge'),
    useCallback(() => {
      const row = focusedRow(rows)
      if (row !== undefined) void navigate(paths.acknowledge(row.channel, row.id))
    }, [rows, navigate]),
  )
}
