// The hotline of a channel: what is open with its ladder, the way to raise a call or to begin a drill, what was, and what it
// comes to.

import type { CallRow } from '@parley/api'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { callsShownMax } from '../app/limits.ts'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { ActDialog } from '../requests/act-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { CallStatus } from './call-status.tsx'
import { CallTable } from './call-table.tsx'
import { Ladder } from './ladder.tsx'
import { OnDutyNow } from './on-duty-now.tsx'
import { allowRinging, useRingingAllowed } from './ring-aloud.ts'
import styles from './hotline.module.css'

const route = getRouteApi('/signed-in/channels/$channel/hotline')

export default function HotlinePage() {
  const t = useTranslations('hotline')
  const { channel } = route.useParams()
  const { data: about } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { data: calls } = useSuspenseQuery(view('listCalls', { params: { channel }, query: { limit: callsShownMax } }))
  const navigate = useNavigate()
  const allowed = useRingingAllowed()
  const [raising, setRaising] = useState<'call' | 'drill'>()
  const open = calls.items.filter(({ status }) => status !== 'stood-down')
  const past = calls.items.filter(({ status }) => status === 'stood-down')
  const others = about.parties.filter((party) => party !== about.own)

  return (
    <Page
      name={t('title')}
      under={t('lead')}
      actions={
        <>
          <Button look="main" onPress={() => setRaising('call')}>
            {t('raise')}
          </Button>
          <Button onPress={() => setRaising('drill')}>{t('raiseDrill')}</Button>
        </>
      }
    >
      <Section
        title={t('open')}
        aside={
          allowed ? (
            <span>{t('soundAllowed')}</span>
          ) : (
            <Button look="quiet" onPress={() => void allowRinging()}>
              {t('allowSound')}
            </Button>
          )
        }
      >
        {open.length === 0 ? <EmptyState title={t('noneOpen')}>{t('noneOpenText')}</EmptyState> : null}
        {open.map((call) => (
          <OpenCall key={call.id} call={call} />
        ))}
      </Section>
      <OnDutyNow channel={channel} others={others} />
      <Section title={t('figures')}>
        <Figures channel={channel} />
      </Section>
      <Section title={t('past')}>
        {past.length === 0 ? <p>{t('nonePast')}</p> : <CallTable label={t('past')} calls={past} />}
      </Section>
      {raising === undefined ? null : (
        <ActDialog
          channel={channel}
          type="hotline.raised"
          suggested={{
            level: 'working',
            purpose: raising === 'drill' ? 'test' : 'use',
            ...(raising === 'drill' ? { reason: 'scheduled-test' } : {}),
            ...(others.length === 1 ? { to: others[0]! } : {}),
          }}
          exercise={raising === 'drill'}
          recipients={others}
          onClose={() => setRaising(undefined)}
          onDone={({ entry }) => void navigate(paths.call(channel, entry.digest))}
        />
      )}
    </Page>
  )
}

function OpenCall({ call }: { readonly call: CallRow }) {
  const codes = useCodes()
  const now = useNodeNow()
  const { data } = useQuery(view('viewCall', { params: { channel: call.channel, id: call.id } }))
  return (
    <div className={styles.openCall}>
      <h3>
        <Link {...paths.call(call.channel, call.id)}>{codes.word('hotlineReason', call.reason)}</Link>
      </h3>
      <p className={styles.marks}>
        <CallStatus call={call} />
        <span>
          <PartyName party={call.raising} /> → <PartyName party={call.called} />
        </span>
      </p>
      {data === undefined ? null : <Ladder data={data} now={now} />}
    </div>
  )
}

function Figures({ channel }: { readonly channel: string }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const format = useFormatter()
  const { data } = useSuspenseQuery(view('viewCallFigures', { params: { channel } }))
  const figures = data.items.filter(({ purpose, raised }) => purpose === 'use' && raised > 0)
  if (figures.length === 0) return <p>{t('noFigures')}</p>
  const minutes = (milliseconds: number) => format.number(milliseconds / 60_000, { maximumFractionDigits: 1 })
  return (
    <dl className={styles.figures}>
      {figures.map(({ called, raised, taken, takenOn, toHuman }) => (
        <div key={called}>
          <dt>
            <PartyName party={called} />
          </dt>
          <dd>
            {t('figuresOf', { raised, taken })}{' '}
            {toHuman === null || toHuman.atMost === null
              ? null
              : t('toHuman', { atLeast: minutes(toHuman.atLeast), atMost: minutes(toHuman.atMost) })}{' '}
            {takenOn.length === 0
              ? null
              : t('onRungs', {
                  rungs: format.list(
                    takenOn.map(({ count, rung }) => `${codes.inline('hotlineRung', [rung])} ${format.number(count)}`),
                  ),
                })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
