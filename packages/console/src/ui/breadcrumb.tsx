// Where the page stands, above its title.

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import styles from './breadcrumb.module.css'

/** Links from the outside in; the page itself is not among them. */
export function Breadcrumb(props: { readonly children: readonly ReactNode[] }) {
  const t = useTranslations('ui')
  return (
    <nav aria-label={t('breadcrumb')}>
      <ol className={styles.trail}>
        {props.children.map((step, place) => (
          // The steps are fixed for a page.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place}>{step}</li>
        ))}
      </ol>
    </nav>
  )
}
