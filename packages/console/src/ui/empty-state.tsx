// An empty page: what would be here, and how to begin.

import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

export function EmptyState(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{props.title}</p>
      {props.children === undefined ? null : <p className={styles.text}>{props.children}</p>}
      {props.action}
    </div>
  )
}
