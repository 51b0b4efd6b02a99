// The beginning of what needs a second person: the drafts of it that are already being written, and a new one.

import type { DataObject } from '@parley/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { paths } from '../app/paths.ts'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { DraftList } from './draft-list.tsx'
import styles from './drafts.module.css'

export function BeginDraft(props: {
  readonly channel: string
  readonly type: string
  /** The matter that it belongs to; undefined when it begins one. */
  readonly subject?: string | undefined
  /** What the draft begins with. */
  readonly data: DataObject
  readonly exercise: boolean
}) {
  const t = useTranslations('drafts')
  const { channel, data, exercise, subject, type } = props
  const navigate = useNavigate()
  const { data: drafts } = useQuery(view('listDrafts', { params: { channel } }))
  const begun = drafts?.items.filter((row) => row.type === type && row.subject === subject) ?? []
  const begin = useMutation({
    mutationFn: () =>
      client.createDraft({
        params: { channel },
        body: { type, data, ...(subject === undefined ? {} : { subject }), ...(exercise ? { exercise } : {}) },
      }),
    onSuccess: ({ id }) => navigate(paths.draft(channel, id)),
  })
  return (
    <div className={styles.begin}>
      <p>{t('twoPeople')}</p>
      {begin.isError ? <ProblemNotice problem={begin.error} live /> : null}
      {begun.length === 0 ? null : (
        <>
          <p>{t('begun')}</p>
          <DraftList rows={begun} />
        </>
      )}
      <div>
        <Button look="main" onPress={() => begin.mutate()} isPending={begin.isPending}>
          {t('begin')}
        </Button>
      </div>
    </div>
  )
}
