// The evidence of a channel or of one request: what there is, what is under way, and the way to add.

import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { AddEvidence } from './add-evidence.tsx'
import { evidenceList } from './evidence-list.ts'
import { addsEvidence } from './evidence-roles.ts'
import { ItemTable } from './item-table.tsx'
import { UploadList } from './upload-list.tsx'

export function EvidenceSection(props: {
  readonly channel: string
  readonly request?: string
  readonly exercise: boolean
}) {
  const t = useTranslations('evidence')
  const { channel, request } = props
  const { data: about } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    evidenceList(channel, request),
  )
  const [adding, setAdding] = useState(false)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const adds = addsEvidence(session.grants, channel)
  return (
    <>
      {adds ? (
        <div data-screen-only="">
          <Button onPress={() => setAdding(true)}>{t('add')}</Button>
        </div>
      ) : null}
      {adds ? <UploadList channel={channel} request={request} /> : null}
      {error === null ? null : <ProblemNotice problem={error} />}
      {data === undefined || items.length > 0 ? null : request === undefined ? (
        <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
      ) : (
        <p>{t('noneOfRequest')}</p>
      )}
      {items.length === 0 ? null : <ItemTable channel={channel} items={items} />}
      {hasNextPage ? (
        <div data-screen-only="">
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
      {adding ? (
        <AddEvidence
          channel={channel}
          request={request}
          exercise={props.exercise}
          others={about.parties.filter((party) => party !== about.own)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  )
}
