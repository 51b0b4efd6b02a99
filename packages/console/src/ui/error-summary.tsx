// All that is wrong with a form, at its head, each a link to its field. It takes the focus when it appears.

import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import styles from './notice.module.css'

export interface FieldFault {
  /** The id of the field. */
  readonly field: string
  readonly message: string
}

export function ErrorSummary(props: { readonly faults: readonly FieldFault[] }) {
  const t = useTranslations('ui')
  const place = useRef<HTMLDivElement>(null)
  const { faults } = props

  useEffect(() => {
    if (faults.length > 0) place.current?.focus()
  }, [faults])

  if (faults.length === 0) return null
  return (
    <div ref={place} tabIndex={-1} role="alert" className={`${styles.notice} ${styles.alarm}`}>
      <h2 className={styles.title}>{t('faults', { count: faults.length })}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={fault.field}>
            <a
              href={`#${fault.field}`}
              onClick={(event) => {
                event.preventDefault()
                const field = document.getElementById(fault.field)
                field?.scrollIntoView({ block: 'center' })
                ;(field?.matches('input, textarea, select') === true
                  ? field
                  : field?.querySelector<HTMLElement>('input, textarea, select, button')
                )?.focus()
              }}
            >
              {fault.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
