// The directory of a channel: every party side by side with its profile, its offices and who is to be found there now; the
// pings; and what our own side may say of itself.

import type { DirectoryView } from '@parley/api'
import type { Absence, DirectoryState, PartyDirectory } from '@parley/mechanism'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { ActDialog } from '../requests/act-dialog.tsx'
import { Composer } from '../requests/composer.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PingSection } from './ping-section.tsx'
import { PartyColumn } from './party-column.tsx'
import styles from './directory.module.css'

const route = getRouteApi('/signed-in/channels/$channel/directory')

/** Lists of spans and of authorities have no form here; an absence is ended beside itself. */
const elsewhere: ReadonlySet<string> = new Set(['directory.rostered', 'directory.profiled', 'directory.returned'])

export default function DirectoryPage() {
  const t = useTranslations('directory')
  const { channel } = route.useParams()
  const { data: about } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { data } = useSuspenseQuery(view('viewDirectory', { params: { channel } }))
  const [chosen, setChosen] = useState<string>()
  const [ending, setEnding] = useState<Absence>()
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
            {...(half.party === about.own ? { onReturn: setEnding } : {})}
          />
        ))}
      </div>
      <PingSection channel={channel} others={others} />
      <Section title={t('ours')}>
        <p data-screen-only="">{t('elsewhere')}</p>
        <Composer
          channel={channel}
          may={data.may.filter(({ type }) => !elsewhere.has(type))}
          suggested={{ 'directory.designated': { timeZone: 'UTC' }, 'directory.amended': { timeZone: 'UTC' } }}
          recipients={others}
          exercise={false}
          chosen={chosen}
          onChoose={setChosen}
        />
      </Section>
      {ending === undefined ? null : (
        <ActDialog
          channel={channel}
          type="directory.returned"
          fixed={{ absence: ending.entry }}
          recipients={others}
          exercise={false}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Page>
  )
}

/** The node computes the state with the mechanism that this page has too. */
function partiesOf({ state }: DirectoryView): readonly PartyDirectory[] {
  return (state as unknown as DirectoryState).parties
}
