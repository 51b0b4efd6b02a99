// The directory of a channel: every party side by side with its profile, its offices and who is to be found there now; the
// pings; and what our own side may say of itself.

import type { DirectoryView } from '@parley/api'
import type { DirectoryState, PartyDirectory } from '@parley/mechanism'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { ActDialog } from '../requests/act-dialog.tsx'
import { Composer } from '../requests/composer.tsx'
import { Page, Section } from '../ui/page.tsx'
import type { Begun } from './begun.ts'
import { DutyWeek } from './duty-week.tsx'
import { PingSection } from './ping-section.tsx'
import { PartyColumn } from './party-column.tsx'
import styles from './directory.module.css'

const route = getRouteApi('/signed-in/channels/$channel/directory')

/** These are begun beside what they are about. */
const beside: ReadonlySet<string> = new Set([
  'directory.amended',
  'directory.profiled',
  'directory.returned',
  'directory.reviewed',
  'directory.rostered',
])

export default function DirectoryPage() {
  const t = useTranslations('directory')
  const { channel } = route.useParams()
  const { data: about } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { data, dataUpdatedAt: now } = useSuspenseQuery(view('viewDirectory', { params: { channel } }))
  const [chosen, setChosen] = useState<string>()
  const [begun, setBegun] = useState<Begun>()
  const allowed = new Set(data.may.filter((may) => may.allowed).map(({ type }) => type))
  const others = about.parties.filter((party) => party !== about.own)

  return (
    <Page name={t('title')} under={t('lead')}>
      <div className={styles.parties}>
        {partiesOf(data).map((half) => (
          <PartyColumn
            key={half.party}
            half={half}
            contacts={data.contacts.filter(({ party }) => party === half.party)}
            overdue={data.overdue.includes(half.party)}
            now={now}
            {...(half.party === about.own ? { allowed, onBegin: setBegun } : {})}
          />
        ))}
      </div>
      <Section title={t('week')}>
        <p className={styles.none}>{t('weekLead')}</p>
        <DutyWeek parties={partiesOf(data)} now={now} />
      </Section>
      <PingSection channel={channel} others={others} />
      <Section title={t('ours')}>
        <p data-screen-only="">{t('oursLead')}</p>
        <Composer
          channel={channel}
          may={data.may.filter(({ type }) => !beside.has(type))}
          suggested={{ 'directory.designated': { timeZone: 'UTC' } }}
          recipients={others}
          exercise={false}
          chosen={chosen}
          onChoose={setChosen}
        />
      </Section>
      {begun === undefined ? null : (
        <ActDialog
          channel={channel}
          {...begun}
          recipients={others}
          exercise={false}
          onClose={() => setBegun(undefined)}
        />
      )}
    </Page>
  )
}

/** The node computes the state with the mechanism that this page has too. */
function partiesOf({ state }: DirectoryView): readonly PartyDirectory[] {
  return (state as unknown as DirectoryState).parties
}
