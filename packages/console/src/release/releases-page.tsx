// The queue: what waits to leave the party, and what each still needs.

import type { ReleaseRow } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { ColleagueName } from '../drafts/colleague-name.tsx'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'

export default function ReleasesPage() {
  const t = useTranslations('release')
  const codes = useCodes()
  const { channel } = useParams({ from: '/signed-in/channels/$channel/releases' })
  const { data } = useSuspenseQuery(view('listReleases', { params: { channel } }))
  return (
    <Page name={t('title')} under={t('lead')} actions={<Link {...paths.drafts(channel)}>{t('toDrafts')}</Link>}>
      {data.items.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
      {data.items.map((row) => (
        <Section
          key={row.draft}
          title={<Link {...paths.release(channel, row.draft)}>{codes.act(row.type)}</Link>}
          aside={<ReleaseState row={row} />}
        >
          <Facts
            facts={[
              [t('submitted'), <Moment key="at" at={row.submitted} />],
              [t('by'), <Colleagues key="by" people={row.authors} />],
            ]}
          />
        </Section>
      ))}
    </Page>
  )
}

/** What is still needed, in a word. */
export function ReleaseState({ row }: { readonly row: ReleaseRow }) {
  const t = useTranslations('release')
  if (row.stale) {
    return (
      <Badge shape="triangle" tone="due">
        {t('stale')}
      </Badge>
    )
  }
  return row.missing > 0 ? (
    <Badge shape="ring" tone="faint">
      {t('missing', { count: row.missing })}
    </Badge>
  ) : (
    <Badge shape="disc" tone="accent">
      {t('ready')}
    </Badge>
  )
}

export function Colleagues({ people }: { readonly people: ReleaseRow['authors'] }) {
  return (
    <>
      {people.map((person) => (
        <div key={person.id}>
          <ColleagueName person={person} />
        </div>
      ))}
    </>
  )
}
