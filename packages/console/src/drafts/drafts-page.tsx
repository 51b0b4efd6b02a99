// The drafts of a channel, the one that changed last first.

import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Page } from '../ui/page.tsx'
import { DraftList } from './draft-list.tsx'

export default function DraftsPage() {
  const t = useTranslations('drafts')
  const { channel } = useParams({ from: '/signed-in/channels/$channel/drafts' })
  const { data } = useSuspenseQuery(view('listDrafts', { params: { channel } }))
  return (
    <Page name={t('title')} under={t('lead')} actions={<Link {...paths.releases(channel)}>{t('toReleases')}</Link>}>
      {data.items.length === 0 ? (
        <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
      ) : (
        <DraftList rows={data.items} />
      )}
    </Page>
  )
}
