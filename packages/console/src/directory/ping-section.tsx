// Pings: "are you there", asked and answered by people; how many of each, and what waits for our answer.

import type { PingRow } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { pingsShownMax } from '../app/limits.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { ActDialog } from '../requests/act-dialog.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Section } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import styles from './directory.module.css'

export function PingSection(props: { readonly channel: string; readonly others: readonly string[] }) {
  const t = useTranslations('directory')
  const codes = useCodes()
  const { channel, others } = props
  const { data } = useSuspenseQuery(view('listPings', { params: { channel }, query: { limit: pingsShownMax } }))
  const [asked, setAsked] = useState<'send' | PingRow>()
  const close = () => setAsked(undefined)
  return (
    <Section title={t('pings')} aside={<Button onPress={() => setAsked('send')}>{codes.deed('ping.sent')}</Button>}>
      <ul className={styles.list}>
        {data.figures.map(({ answered, sent, to }) => (
          <li key={to} className={styles.marks}>
            <PartyName party={to} />
            <span>{t('pingFigures', { sent, answered })}</span>
          </li>
        ))}
      </ul>
      {data.items.length === 0 ? <p className={styles.none}>{t('noPings')}</p> : null}
      <ul className={styles.list}>
        {data.items.map((ping) => (
          <li key={ping.id} className={styles.marks}>
            <Badge shape={ping.answered === null ? 'ring' : 'disc'} tone={ping.answered === null ? 'due' : 'accent'}>
              {codes.word('pingStatus', ping.status)}
            </Badge>
            <span>
              <PartyName party={ping.from} /> → <PartyName party={ping.to} />
            </span>
            <span>{codes.word('contactKind', ping.contact)}</span>
            <Moment at={ping.sent} look="brief" />
            {ping.answered === null && ping.direction === 'incoming' ? (
              <Button look="main" onPress={() => setAsked(ping)}>
                {codes.deed('ping.answered')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked === 'send' ? (
        <ActDialog
          channel={channel}
          type="ping.sent"
          suggested={{ contact: '24-7', ...(others.length === 1 ? { to: others[0]! } : {}) }}
          recipients={others}
          exercise={false}
          onClose={close}
        />
      ) : null}
      {asked === undefined || asked === 'send' ? null : (
        <ActDialog
          channel={channel}
          type="ping.answered"
          subject={asked.id}
          suggested={{ position: 'duty-officer' }}
          recipients={[asked.from]}
          exercise={asked.exercise}
          onClose={close}
        />
      )}
    </Section>
  )
}
