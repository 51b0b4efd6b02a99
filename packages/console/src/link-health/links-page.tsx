// How each link stands, both ways: when the peer was last heard of, what of ours it holds, what of its we hold, and a
// test that says at which step the link fails.

import type { PeerView } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Page } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { PeerTest } from './peer-test.tsx'
import styles from './links.module.css'

// What waits for a party now stands above every page; here stands what was decided about it before it was heard again.
const SilentParty = lazy(() => import('./silent-party.tsx'))

const looks: Record<PeerView['state'], readonly [Shape, Tone]> = {
  linked: ['disc', 'accent'],
  unreachable: ['frame', 'alarm'],
  late: ['diamond', 'due'],
  silent: ['triangle', 'alarm'],
  never: ['ring', 'faint'],
}

/** A clock further off than this is worth a word. */
const clockOffsetSecondsMax = 5

export default function LinksPage() {
  const t = useTranslations('links')
  const { data: node } = useSuspenseQuery(view('viewNode'))
  const now = useNodeNow()
  const { data } = useSuspenseQuery(view('listPeers'))
  return (
    <Page name={t('title')} under={t('lead', { party: node.party.toUpperCase() })}>
      {data.items.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
      {data.items.map((peer) => (
        <Peer key={peer.party} peer={peer} now={now} />
      ))}
    </Page>
  )
}

function Peer({ peer, now }: { readonly peer: PeerView; readonly now: number }) {
  const t = useTranslations('links')
  const format = useFormatter()
  const codes = useCodes()
  const [shape, tone] = looks[peer.state]
  const owedOut = peer.outgoing.reduce((sum, log) => sum + log.size - log.acked, 0)
  const owedIn = peer.incoming.reduce((sum, log) => sum + log.head - log.size, 0)
  const age = (at: number | null) =>
    at === null ? (
      t('never')
    ) : (
      <>
        <Moment at={at} />{' '}
        <span className={styles.faint}>{format.relativeTime(new Date(at), { now: new Date(Math.max(now, at)) })}</span>
      </>
    )
  const offset = peer.clockOffsetSeconds
  return (
    <section className={styles.peer}>
      <div className={styles.head}>
        <h2>
          <PartyName party={peer.party} whole />
        </h2>
        <Badge shape={shape} tone={tone}>
          {t(`state_${peer.state}`)}
        </Badge>
        <span className={styles.address} translate="no">
          {peer.address}
        </span>
      </div>
      <Facts
        facts={[
          [t('lastContact'), age(peer.lastContact)],
          [t('lastReceipt'), age(peer.lastReceipt)],
          [
            t('outgoing'),
            <Backlog key="out" owed={owedOut} none={t('outgoingNone')} some={t('outgoingSome', { count: owedOut })} />,
          ],
          [
            t('incoming'),
            <Backlog key="in" owed={owedIn} none={t('incomingNone')} some={t('incomingSome', { count: owedIn })} />,
          ],
          [
            t('clock'),
            offset === null ? (
              t('never')
            ) : Math.abs(offset) <= clockOffsetSecondsMax ? (
              t('clockGood', { seconds: Math.abs(offset) })
            ) : (
              <Badge key="clock" shape="diamond" tone="due">
                {t(offset > 0 ? 'clockAhead' : 'clockBehind', { seconds: Math.abs(offset) })}
              </Badge>
            ),
          ],
          [
            t('lastError'),
            peer.lastError === null ? (
              t('noError')
            ) : (
              <>
                {codes.reason(peer.lastError.code)}{' '}
                <span className={styles.faint}>
                  <Moment at={peer.lastError.at} look="brief" />
                </span>{' '}
                <code className={styles.faint}>{peer.lastError.code}</code>
              </>
            ),
          ],
        ]}
      />
      {peer.override?.heardSince === true ? (
        <Suspense fallback={null}>
          <SilentParty peer={peer} />
        </Suspense>
      ) : null}
      <PeerTest party={peer.party} />
    </section>
  )
}

function Backlog(props: { readonly owed: number; readonly none: string; readonly some: string }) {
  return props.owed === 0 ? (
    props.none
  ) : (
    <Badge shape="half" tone="due">
      {props.some}
    </Badge>
  )
}
