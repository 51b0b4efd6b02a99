// One call: its ladder, what our side may do, and all that was done and said on it.

import type { CallView } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { ActLine } from '../requests/act-line.tsx'
import type { Json } from '../requests/act-draft.ts'
import { Composer } from '../requests/composer.tsx'
import { owesReceipt } from '../requests/receipt-button.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { CallStatus } from './call-status.tsx'
import { Ladder } from './ladder.tsx'
import { SayForm } from './say-form.tsx'
import styles from './hotline.module.css'

const route = getRouteApi('/signed-in/channels/$channel/hotline/$call')

export default function CallPage() {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const { channel, call: id } = route.useParams()
  const { data } = useSuspenseQuery(view('viewCall', { params: { channel, id } }))
  const now = useNodeNow()
  const [chosen, setChosen] = useState<string>()
  const { acts, call } = data
  const ours = call.direction === 'incoming' ? call.called : call.raising
  const other = call.direction === 'incoming' ? call.raising : call.called
  const says = data.may.some(({ allowed, type }) => allowed && type === 'hotline.said')
  const name = t('callName', { reason: codes.word('hotlineReason', call.reason) })

  return (
    <Page
      name={name}
      trail={
        <Breadcrumb>
          {[
            <Link key="hotline" {...paths.hotline(channel)}>
              {t('title')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <CallStatus call={call} />
          <span>
            <PartyName party={call.raising} /> → <PartyName party={call.called} />
          </span>
          <Moment at={call.raised} />
        </>
      }
    >
      {call.keep === null || call.keep === id ? null : (
        <Notice title={t('crossed')} tone="due">
          <Link {...paths.call(channel, call.keep)}>{t('crossedOther')}</Link>
        </Notice>
      )}
      <Section title={t('ladder')}>
        <Ladder data={data} now={now} />
      </Section>
      {says && call.status === 'taken' ? <SayForm channel={channel} call={id} exercise={call.exercise} /> : null}
      <div data-screen-only="">
        <Composer
          channel={channel}
          subject={id}
          may={data.may.filter(({ type }) => type.startsWith('hotline.') && type !== 'hotline.said')}
          suggested={suggestSteps(data)}
          recipients={[other]}
          exercise={call.exercise}
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
              half={act.party === call.raising ? 'asking' : 'asked'}
              channel={channel}
              receipt={owesReceipt(act, acts, ours) ? id : undefined}
            />
          ))}
        </ol>
      </Section>
      <Section title={t('about')}>
        <Facts
          facts={[
            [codes.field('level'), codes.word('hotlineLevel', call.level)],
            ...(call.request === null
              ? []
              : [
                  [
                    codes.field('request'),
                    <Link key="request" {...paths.request(channel, call.request)}>
                      {call.request.slice(0, 12)}
                    </Link>,
                  ] as const,
                ]),
            [t('number'), <Digest key="id" value={id} name={t('number')} />],
            [t('stateDigest'), <Digest key="state" value={data.stateDigest} name={t('stateDigest')} />],
          ]}
        />
      </Section>
    </Page>
  )
}

/** What the forms of the steps begin with: the rung that rings, and the one above. */
function suggestSteps({ call, ladder }: CallView): Readonly<Record<string, Readonly<Record<string, Json>>>> {
  const above = ladder[ladder.findIndex(({ rung }) => rung === call.rung) + 1]
  return {
    'hotline.taken': { position: 'duty-officer' },
    'hotline.rung': { rung: call.rung },
    'hotline.unanswered': { rung: call.rung },
    'hotline.escalated': {
      ...(above === undefined ? {} : { rung: above.rung }),
      ground: call.status === 'declined' ? 'call-declined' : 'time-passed',
    },
    'hotline.closed': { outcome: call.purpose === 'test' ? 'test-passed' : 'settled' },
  }
}
