// One item of evidence: what it is, the custody of both sides on one axis of time, and what our side may do with its copy.

import type { ActView, EvidenceView } from '@parley/api'
import type { EvidenceState } from '@parley/mechanism'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { Timeline } from '../drawing/timeline.tsx'
import type { TimelineLine } from '../drawing/timeline.tsx'
import { useCodes } from '../i18n/codes.ts'
import { ActLine } from '../requests/act-line.tsx'
import { Composer } from '../requests/composer.tsx'
import { Badge } from '../ui/badge.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { CertificateSection } from './certificate-section.tsx'
import { CustodyTable } from './custody-table.tsx'
import { HandlingMark, ItemName, ItemStatus } from './item-marks.tsx'
import { ItemNotices } from './item-notices.tsx'
import { TakeOut } from './take-out.tsx'
import { useBytes } from './use-bytes.ts'
import { EvidenceWords } from './words.ts'
import styles from './evidence.module.css'

const route = getRouteApi('/signed-in/channels/$channel/evidence/$item')
/** What is done by taking the file out begins there, with the saving beside it. */
const takenOut: ReadonlySet<string> = new Set(['evidence.opened', 'evidence.copied'])

export default function ItemPage() {
  return (
    <EvidenceWords>
      <Item />
    </EvidenceWords>
  )
}

function Item() {
  const t = useTranslations('evidence')
  const { channel, item: id } = route.useParams()
  const { data } = useSuspenseQuery(view('viewEvidence', { params: { channel, id } }))
  const { data: about } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const [chosen, setChosen] = useState<string>()
  const { acts, item, may } = data
  const state = data.state as unknown as EvidenceState
  const { custody } = state
  const others = custody.map(({ party }) => party).filter((party) => party !== about.own)
  const notGiven = custody.filter(({ given, party }) => party !== item.from && given === undefined)
  // Whoever sealed the item may ask back what it handed over.
  const toAsk = custody.filter(({ erased, given, party }) => party !== item.from && given && erased === undefined)
  const asks = item.from === about.own && toAsk.length > 0

  return (
    <Page
      name={item.name ?? t('unnamed')}
      title={<ItemName name={item.name} />}
      trail={
        <Breadcrumb>
          {[
            <Link key="evidence" {...paths.evidence(channel)}>
              {t('title')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <ItemStatus status={item.status} />
          <HandlingMark handling={item.handling} />
          {item.exercise ? <Badge shape="frame">{t('exercise')}</Badge> : null}
          <span>
            {t('from')} <PartyName party={item.from} />
          </span>
        </>
      }
    >
      <ItemNotices item={item} state={state} own={about.own} />
      <Section title={t('custody')}>
        <CustodyTable custody={custody} />
        <CustodyTimeline acts={acts} from={item.from} others={others} own={about.own} />
      </Section>
      <TakeOut channel={channel} data={data} others={others} />
      <div data-screen-only="">
        <Composer
          channel={channel}
          subject={id}
          may={may.filter(({ type }) => type.startsWith('evidence.') && !takenOut.has(type))}
          suggested={{
            ...(notGiven.length === 1 ? { 'evidence.given': { to: notGiven[0]!.party } } : {}),
            ...(asks ? { 'evidence.erased': { confirm: toAsk.map(({ party }) => party) } } : {}),
          }}
          omit={asks ? {} : { 'evidence.erased': ['confirm'] }}
          recipients={others}
          exercise={item.exercise}
          chosen={chosen}
          onChoose={setChosen}
        />
      </div>
      <Section title={t('acts')}>
        <ol className={styles.acts}>
          {acts.map((act, place) => (
            <ActLine
              key={act.entry.digest}
              act={act}
              number={place + 1}
              half={act.party === item.from ? 'asking' : 'asked'}
              channel={channel}
            />
          ))}
        </ol>
      </Section>
      <Section title={t('certificate')}>
        <CertificateSection channel={channel} data={data} />
      </Section>
      <Section title={t('about')}>
        <AboutItem channel={channel} data={data} state={state} />
      </Section>
    </Page>
  )
}

function CustodyTimeline(props: {
  readonly acts: readonly ActView[]
  readonly from: string
  readonly others: readonly string[]
  readonly own: string
}) {
  const t = useTranslations('evidence')
  const { acts, from, others, own } = props
  const lines = acts.map((act): TimelineLine => ({
    id: act.entry.digest,
    half: act.party === from ? 'asking' : 'asked',
    at: act.at,
    interval: act.interval,
    valid: act.verdict === 'valid',
  }))
  const sealing = from.toUpperCase()
  const rest = [own, ...others].filter((party) => party !== from).map((party) => party.toUpperCase())
  const names = { asking: sealing, asked: rest.join(' · ') }
  return (
    <Timeline
      acts={lines}
      targets={[]}
      now={undefined}
      names={names}
      says={{
        described: t('timeline', { count: acts.length, sealing, others: names.asked }),
        asking: t('sealedIt', { party: sealing }),
        asked: names.asked,
      }}
      onChoose={(digest) => {
        const line = document.getElementById(`act-${digest}`)
        line?.scrollIntoView({ block: 'center' })
        line?.focus({ preventScroll: true })
      }}
    />
  )
}

function AboutItem(props: { readonly channel: string; readonly data: EvidenceView; readonly state: EvidenceState }) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const formatBytes = useBytes()
  const { channel, data, state } = props
  const { item, stateDigest } = data
  const digest = (name: string, value: string): [ReactNode, ReactNode] => [
    name,
    <Digest key={name} value={value} name={name} />,
  ]
  return (
    <Facts
      facts={[
        [t('kind'), codes.word('evidenceMedia', item.media)],
        [t('marking'), <HandlingMark key="marking" handling={item.handling} />],
        [
          t('size'),
          <span key="size">
            {formatBytes(item.bytes)} <span className={styles.note}>{t('padded')}</span>
          </span>,
        ],
        ...(state.use === undefined ? [] : [[t('use'), codes.word('use', state.use)] as const]),
        ...(state.conditions.length === 0
          ? []
          : [[t('conditions'), codes.words('condition', state.conditions)] as const]),
        ...(item.request === null
          ? []
          : [
              [
                t('ofThe'),
                <Link key="request" {...paths.request(channel, item.request)}>
                  {item.request.slice(0, 12)}
                </Link>,
              ] as const,
            ]),
        digest(t('number'), item.id),
        digest(t('ciphertext'), state.ciphertext),
        digest(t('commitment'), state.commitment),
        digest(t('pieces'), state.pieces),
        digest(t('stateDigest'), stateDigest),
      ]}
    />
  )
}
