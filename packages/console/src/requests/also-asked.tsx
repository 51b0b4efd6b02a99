// Who asks about the same matter already, with the way there.

import type { AlsoAsked as Other } from '@parley/api'
import { useTranslations } from 'use-intl'
import { Notice } from '../ui/notice.tsx'
import styles from './case.module.css'
import { RequestReference } from './request-reference.tsx'

export function AlsoAsked(props: { readonly others: readonly Other[] }) {
  const t = useTranslations('ties')
  if (props.others.length === 0) return null
  return (
    <Notice title={t('alsoAsked')} tone="due">
      <p>{t('alsoAskedText')}</p>
      <ul className={styles.list}>
        {props.others.map(({ request, shared }) => (
          <li key={request.id}>
            <RequestReference request={request} />{' '}
            <span className={styles.faint}>{t('shared', { count: shared })}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
