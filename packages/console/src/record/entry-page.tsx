// One entry: what it is, how far it has got, and its proof, checked in this browser step by step.

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { MissingPage } from '../app/problem-page.tsx'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { useShortcut } from '../ui/shortcuts.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { ProofSection } from './proof-section.tsx'
import { readEntry } from './read-entry.ts'
import { StandingLadder } from './standing-ladder.tsx'
import styles from './record.module.css'

const route = getRouteApi('/signed-in/channels/$channel/record/$log/$position')

export default function EntryPage() {
  const t = useTranslations('entry')
  const codes = useCodes()
  const params = route.useParams()
  const navigate = route.useNavigate()
  const position = Number(params.position)
  const { data: logs } = useSuspenseQuery(view('listLogs'))
  const { data } = useSuspenseQuery(view('viewEntry', { params: { log: params.log, position } }))
  const log = logs.items.find((item) => item.id === params.log)
  // What is shown is what is checked: the bytes, at the index that was asked for.
  const entry = useMemo(() => readEntry(data.bytes), [data.bytes])
  const asked = useMemo(() => ({ ...data, position }), [data, position])
  const type = entry?.type
  const request =
    type === 'request.opened' ? data.digest : type?.startsWith('request.') === true ? entry?.subject : undefined

  const go = (to: number) => () => {
    if (log !== undefined && to >= 0 && to < log.size) void navigate(paths.entry(params.channel, params.log, to))
  }
  useShortcut('j', t('next'), go(position + 1))
  useShortcut('k', t('previous'), go(position - 1))

  if (log === undefined) return <MissingPage />
  const name = type === undefined ? t('unreadable') : codes.act(type)
  return (
    <Page
      name={name}
      trail={
        <Breadcrumb>
          {[
            <Link key="record" {...paths.record(params.channel)}>
              {t('record')}
            </Link>,
            <Link key="log" {...paths.log(params.channel, params.log)}>
              <PartyName party={log.party} />
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <PartyName party={data.party} />
          {entry === undefined ? null : <Moment at={entry.at} look="exact" />}
          <VerdictMark verdict={data.verdict} code={data.code} />
        </>
      }
      actions={request === undefined ? null : <Link {...paths.request(params.channel, request)}>{t('toRequest')}</Link>}
    >
      <StandingLadder
        standing={data.standing}
        opened={entry?.body !== undefined}
        witnessed={data.proof?.verifierKeys.some(({ role }) => role === 'neutral') ?? false}
      />
      <ProofSection view={asked} log={log} />
      <Section title={t('bytes')}>
        <Facts
          facts={[
            [t('digest'), <Digest key="digest" value={data.digest} name={t('digest')} whole />],
            [t('place'), t('placeText', { position, origin: log.origin })],
          ]}
        />
        {entry === undefined ? (
          <p>{t('notAnEntry')}</p>
        ) : (
          // The region scrolls sideways, so it must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <section tabIndex={0} aria-label={t('json')} className={styles.json}>
            <pre translate="no">{formatShown(JSON.stringify(entry, null, 2))}</pre>
          </section>
        )}
      </Section>
    </Page>
  )
}
