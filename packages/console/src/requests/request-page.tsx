// One request: both halves on one axis of time, every act as a line, and what our side may do next.

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ActView, RequestView } from '@parley/api'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { Timeline } from '../drawing/timeline.tsx'
import type { TimelineFlag, TimelineLine } from '../drawing/timeline.tsx'
import { useCodes } from '../i18n/codes.ts'
import type { Codes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { useShortcut } from '../ui/shortcuts.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { ActDialog } from './act-dialog.tsx'
import { ActLine } from './act-line.tsx'
import { AlsoAsked } from './also-asked.tsx'
import { CaseBundleButton } from './case-bundle-button.tsx'
import { CaseFileButton } from './case-file-button.tsx'
import { CitedSection } from './cited-section.tsx'
import { Composer } from './composer.tsx'
import { clockKey, DueMark } from './due-mark.tsx'
import { LimitsLine } from './limits-line.tsx'
import { LinksSection } from './links-section.tsx'
import { MissingNotice } from './missing-notice.tsx'
import { isOver } from './over.ts'
import { useReadMark } from '../inbox/use-read-mark.ts'
import { owesReceipt } from './receipt-button.tsx'
import { StatusMark, UrgencyMark } from './status-mark.tsx'
import { suggestValues } from './suggested-values.ts'
import { TriageSection } from './triage-section.tsx'
import { useActTitle } from './body-text.ts'
import { CaseWords } from './words.ts'
import styles from './request-page.module.css'

// Files come after what was said: the page does not wait for them.
const RequestEvidence = lazy(() => import('../evidence/request-evidence.tsx'))

const route = getRouteApi('/signed-in/channels/$channel/requests/$request')

export default function RequestPage() {
  return (
    <CaseWords>
      <Case />
    </CaseWords>
  )
}

function Case() {
  const t = useTranslations('request')
  const codes = useCodes()
  const { locale } = useLanguage()
  const { channel, request: id } = route.useParams()
  const now = useNodeNow()
  const { data } = useSuspenseQuery(view('viewRequest', { params: { channel, id } }))
  const { request, acts } = data
  const [original, translated] = useActTitle(acts[0], locale)
  const name = request.title ?? original?.text ?? codes.word('requestKind', request.kind)
  const ours = request.direction === 'incoming' ? request.requested : request.requesting

  const acknowledge = data.may.find(({ type, allowed }) => type === 'request.acknowledged' && allowed)
  const { act: wanted } = route.useSearch()
  const [escalating, setEscalating] = useState(false)
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string | undefined>(acknowledge === undefined ? undefined : wanted)
  useReadMark(channel, id, data.stateDigest)
  useShortcut(
    'a',
    acknowledge === undefined ? t('acknowledgeNot') : t('acknowledge'),
    useCallback(() => setChosen('request.acknowledged'), []),
  )
  useShortcut(
    'e',
    t('escalate'),
    useCallback(() => setEscalating(true), []),
  )

  return (
    <Page
      name={name}
      title={
        <>
          <Untrusted lang={original?.language}>{name}</Untrusted>
          {translated === undefined ? null : (
            <span className={styles.translated}>
              <Untrusted lang={translated.language}>{translated.text}</Untrusted>
            </span>
          )}
        </>
      }
      trail={
        <Breadcrumb>
          {[
            <Link key="requests" {...paths.requests(channel)}>
              {t('requests')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <StatusMark status={request.status} />
          <UrgencyMark urgency={request.urgency} />
          {request.exercise ? <Badge shape="frame">{t('exercise')}</Badge> : null}
          <span>
            <PartyName party={request.requesting} /> → <PartyName party={request.requested} />
          </span>
          {request.due === null ? null : <DueMark due={request.due} now={now} />}
        </>
      }
    >
      <RequestTimeline data={data} now={now} />
      <AlsoAsked others={data.alsoAsked} />
      {isOver(request.status) ? null : <MissingNotice missing={data.missing} />}
      {escalating ? (
        <ActDialog
          channel={channel}
          type="hotline.raised"
          fixed={{ request: id, to: ours === request.requesting ? request.requested : request.requesting }}
          suggested={{
            level: 'working',
            purpose: 'use',
            reason: request.due?.state === 'overdue' ? 'request-overdue' : 'request-stuck',
          }}
          exercise={request.exercise}
          recipients={[request.requesting, request.requested].filter((party) => party !== ours)}
          onClose={() => setEscalating(false)}
          onDone={({ entry }) => void navigate(paths.call(channel, entry.digest))}
        />
      ) : null}
      <div data-screen-only="">
        <p className={styles.escalate}>
          <Button onPress={() => setEscalating(true)}>
            {t('escalate')} <KeyHint keys="e" />
          </Button>
        </p>
        <Composer
          channel={channel}
          subject={id}
          may={data.may}
          suggested={suggestValues(data)}
          recipients={[request.requesting, request.requested].filter((party) => party !== ours)}
          exercise={request.exercise}
          chosen={chosen}
          onChoose={setChosen}
        />
      </div>
      <TriageSection data={data} />
      <Section title={t('acts')}>
        <ol className={styles.acts}>
          {acts.map((act, place) => (
            <ActLine
              key={act.entry.digest}
              act={act}
              number={place + 1}
              half={act.party === request.requesting ? 'asking' : 'asked'}
              channel={channel}
              receipt={owesReceipt(act, acts, ours) ? id : undefined}
              limits={<LimitsLine act={act} state={data.state} />}
            />
          ))}
        </ol>
      </Section>
      <Suspense fallback={null}>
        <RequestEvidence channel={channel} request={id} exercise={request.exercise} />
      </Suspense>
      <LinksSection links={data.links} />
      <CitedSection channel={channel} state={data.state} />
      <Section title={t('about')}>
        <Facts facts={factsOf(data, codes, t)} />
        <CaseFileButton channel={channel} id={id} />
        <CaseBundleButton channel={channel} data={data} />
      </Section>
    </Page>
  )
}

type Translate = ReturnType<typeof useTranslations<'request'>>

function factsOf({ request, state, stateDigest, clocks }: RequestView, codes: Codes, t: Translate) {
  const listed = (list: string, value: unknown) =>
    Array.isArray(value) && value.length > 0 ? codes.words(list, value.map(String)) : undefined
  const offences = listed('offence', state['offences'])
  const grounds = listed('urgencyGround', state['urgencyGrounds'])
  const facts: [React.ReactNode, React.ReactNode][] = [[t('kind'), codes.word('requestKind', request.kind)]]
  if (offences !== undefined) facts.push([codes.field('offences'), offences])
  facts.push([codes.field('urgency'), codes.word('urgency', request.urgency)])
  if (grounds !== undefined) facts.push([codes.field('urgencyGrounds'), grounds])
  if (typeof state['handling'] === 'string')
    facts.push([codes.field('handling'), codes.word('handling', state['handling'])])
  for (const clock of clocks) {
    const at = clock.target.notAfter ?? clock.target.notBefore
    if (at === null) continue
    facts.push([
      codes.clock(clock.what),
      <span key={clock.what + clock.entry} className={styles.clock}>
        {clock.target.notAfter === null ? (
          t.rich('notBefore', { moment: () => <Moment at={at} /> })
        ) : (
          <Moment at={at} />
        )}{' '}
        <span>{t(`clock_${clockKey(clock.state)}`)}</span>
      </span>,
    ])
  }
  facts.push([t('number'), <Digest key="id" value={request.id} name={t('number')} />])
  facts.push([t('stateDigest'), <Digest key="state" value={stateDigest} name={t('stateDigest')} />])
  return facts
}

function RequestTimeline({ data, now }: { readonly data: RequestView; readonly now: number }) {
  const codes = useCodes()
  const { request, acts, clocks } = data
  const lines = acts.map((act: ActView): TimelineLine => ({
    id: act.entry.digest,
    half: act.party === request.requesting ? 'asking' : 'asked',
    at: act.at,
    interval: act.interval,
    valid: act.verdict === 'valid',
  }))
  const flags = clocks.flatMap((clock): TimelineFlag[] =>
    clock.state === 'met' || clock.state === 'stopped'
      ? []
      : [
          {
            id: `${clock.what} ${clock.entry}`,
            half: clock.owedBy === request.requesting ? 'asking' : 'asked',
            interval: clock.target,
            label: codes.clock(clock.what),
          },
        ],
  )
  return (
    <Timeline
      acts={lines}
      targets={flags}
      now={isOver(request.status) ? undefined : Math.max(now, ...acts.map(({ at }) => at))}
      names={{ asking: request.requesting.toUpperCase(), asked: request.requested.toUpperCase() }}
      onChoose={(digest) => {
        const line = document.getElementById(`act-${digest}`)
        line?.scrollIntoView({ block: 'center' })
        line?.focus({ preventScroll: true })
      }}
    />
  )
}
