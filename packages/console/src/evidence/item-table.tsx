// Items of evidence as the rows of a register.

import type { EvidenceRow } from '@parley/api'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Link } from '../ui/link.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Table } from '../ui/table.tsx'
import { HandlingMark, ItemName, ItemStatus, listHolders } from './item-marks.tsx'
import { useBytes } from './use-bytes.ts'
import styles from './evidence.module.css'

const rowHeight = 52

export function ItemTable(props: { readonly channel: string; readonly items: readonly EvidenceRow[] }) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const formatBytes = useBytes()
  return (
    <Table
      label={t('title')}
      count={props.items.length}
      row={(place) => props.items[place]}
      grid={styles.itemGrid!}
      rowHeight={rowHeight}
      columns={[
        {
          id: 'file',
          head: t('file'),
          cell: (item) => (
            <span className={styles.file}>
              <Link {...paths.evidenceItem(props.channel, item.id)}>
                <ItemName name={item.name} />
              </Link>
              {item.exercise ? <Badge shape="frame">{t('exercise')}</Badge> : null}
            </span>
          ),
        },
        { id: 'kind', head: t('kind'), cell: (item) => codes.word('evidenceMedia', item.media) },
        { id: 'size', head: t('size'), cell: (item) => formatBytes(item.bytes) },
        { id: 'marking', head: t('marking'), cell: (item) => <HandlingMark handling={item.handling} /> },
        { id: 'standing', head: t('standing'), cell: (item) => <ItemStatus status={item.status} /> },
        { id: 'holders', head: t('holders'), cell: (item) => <Holders item={item} /> },
      ]}
    />
  )
}

function Holders({ item }: { readonly item: EvidenceRow }) {
  const t = useTranslations('evidence')
  const holders = listHolders(item.custody)
  if (holders.length === 0) return <>{t('nobody')}</>
  return holders.map((party, place) => (
    <span key={party}>
      {place === 0 ? '' : t('comma')}
      <PartyName party={party} />
    </span>
  ))
}
