// The record of a channel: every log that belongs to it, how far each goes, and who has cosigned how much of it.

import type { LogView } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { Badge } from '../ui/badge.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { CutSection } from './cut-section.tsx'
import styles from './record.module.css'

const route = getRouteApi('/signed-in/channels/$channel/record')

export default function LogsPage() {
  const t = useTranslations('record')
  const { channel } = route.useParams()
  const { data: logs } = useSuspenseQuery(view('listLogs'))
  const { data } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const ours = logs.items.filter((log) => log.channel === channel)
  const governance = logs.items.filter((log) => log.channel === 'governance' && data.parties.includes(log.party))
  return (
    <Page name={t('title')} under={t('lead')}>
      <Section title={t('channelLogs')}>
        <LogList logs={ours} channel={channel} />
      </Section>
      <Section title={t('governanceLogs')}>
        <LogList logs={governance} channel={channel} />
      </Section>
      <CutSection channel={channel} />
    </Page>
  )
}

function LogList(props: { readonly logs: readonly LogView[]; readonly channel: string }) {
  const t = useTranslations('record')
  const format = useFormatter()
  return (
    <ul className={styles.logs}>
      {props.logs.map((log) => (
        <li key={log.id} className={styles.log}>
          <div className={styles.logHead}>
            <h3>
              <Link {...paths.log(props.channel, log.id)}>
                <PartyName party={log.party} />
                {log.own ? ` (${t('own')})` : null}
              </Link>
            </h3>
            <p className={styles.origin} translate="no">
              {log.origin}
            </p>
          </div>
          <p className={styles.size}>
            {t('entries', { count: log.size })}
            {log.head === null ? null : log.head.size === log.size ? null : (
              <span className={styles.faint}> {t('signedTo', { size: format.number(log.head.size) })}</span>
            )}
          </p>
          <div>
            {log.frozen ? (
              <Badge shape="cross" tone="alarm">
                {t('frozen')}
              </Badge>
            ) : null}
            {log.cosigners.length === 0 ? <p className={styles.faint}>{t('noCosigners')}</p> : null}
            <ul>
              {log.cosigners.map((cosigner) => (
                <li key={`${cosigner.name}-${cosigner.role}`} className={styles.cosigner}>
                  <Badge shape={cosigner.role === 'mirror' ? 'three-quarters' : 'half'} tone="accent">
                    {t(`role_${cosigner.role}`)}
                  </Badge>
                  <span>{cosigner.party === null ? cosigner.name : <PartyName party={cosigner.party} />}</span>
                  <span className={styles.faint}>
                    {t('upTo', { size: format.number(cosigner.size) })} ·{' '}
                    <Moment at={cosigner.time * 1000} look="brief" />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ul>
  )
}
