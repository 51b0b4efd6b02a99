// Drafts, one a line: what it will be, who wrote it last and when, and whether it waits for release.

import type { DraftRow } from '@parley/api'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { ColleagueName } from './colleague-name.tsx'
import styles from './drafts.module.css'

export function DraftList(props: { readonly rows: readonly DraftRow[] }) {
  const t = useTranslations('drafts')
  const codes = useCodes()
  return (
    <ul className={styles.list}>
      {props.rows.map((row) => (
        <li key={row.id} className={styles.row}>
          <Link {...paths.draft(row.channel, row.id)}>{codes.deed(row.type)}</Link>
          <span>
            {t('lastBy')} <ColleagueName person={row.changedBy} />
          </span>
          <Moment at={row.changed} />
          {row.submitted ? (
            <Badge shape="ring" tone="accent">
              {t('submitted')}
            </Badge>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
