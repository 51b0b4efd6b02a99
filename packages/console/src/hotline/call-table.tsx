// Calls as the rows of a register.

import type { CallRow } from '@parley/api'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { useCodes } from '../i18n/codes.ts'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Table } from '../ui/table.tsx'
import { CallStatus } from './call-status.tsx'
import styles from './hotline.module.css'

const rowHeight = 52

export function CallTable(props: { readonly label: string; readonly calls: readonly CallRow[] }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  return (
    <Table
      label={props.label}
      count={props.calls.length}
      row={(place) => props.calls[place]}
      grid={styles.callGrid!}
      rowHeight={rowHeight}
      columns={[
        {
          id: 'reason',
          head: codes.field('reason'),
          cell: (call) => (
            <Link {...paths.call(call.channel, call.id)}>{codes.word('hotlineReason', call.reason)}</Link>
          ),
        },
        {
          id: 'status',
          head: t('status'),
          cell: (call) => (
            <span className={styles.marks}>
              <CallStatus call={call} />
            </span>
          ),
        },
        {
          id: 'parties',
          head: t('parties'),
          cell: (call) => (
            <span>
              <PartyName party={call.raising} /> → <PartyName party={call.called} />
            </span>
          ),
        },
        { id: 'rung', head: codes.field('rung'), cell: (call) => codes.word('hotlineRung', call.rung) },
        { id: 'raised', head: t('raised'), cell: (call) => <Moment at={call.raised} look="brief" /> },
      ]}
    />
  )
}
