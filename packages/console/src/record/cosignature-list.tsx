// Every signature over a head of a log, newest first: the log's own, and those of who watched it grow.

import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { signatureList } from '../data/queries.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import styles from './record.module.css'

const shapes: Record<'log' | 'witness' | 'mirror' | 'neutral', Shape> = {
  log: 'quarter',
  witness: 'half',
  neutral: 'half',
  mirror: 'three-quarters',
}

export function CosignatureList(props: { readonly log: string }) {
  const t = useTranslations('record')
  const format = useFormatter()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(signatureList(props.log))
  if (error !== null) return <ProblemNotice problem={error} />
  const items = data?.pages.flatMap((page) => page.items) ?? []
  if (data !== undefined && items.length === 0)
    return <EmptyState title={t('noSignatures')}>{t('noSignaturesText')}</EmptyState>
  return (
    <>
      <ul className={styles.signatures}>
        {items.map((item) => (
          <li key={`${item.name}-${item.role}-${item.size}-${item.time}`} className={styles.signature}>
            <Badge shape={shapes[item.role]} tone="accent">
              {t(`role_${item.role}`)}
            </Badge>
            <span>
              {item.party === null ? <span translate="no">{item.name}</span> : <PartyName party={item.party} />}
            </span>
            <span>{t('upTo', { size: format.number(item.size) })}</span>
            <span className={styles.faint}>{item.role === 'log' ? null : <Moment at={item.time * 1000} />}</span>
            <code className={styles.root} translate="no">
              {item.root}
            </code>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <p className={styles.more}>
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </p>
      ) : null}
    </>
  )
}
