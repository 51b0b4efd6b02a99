// A notice inside the page, with the weight of what it says: a rule at its side, a word at its head.

import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** `live` notices appear after something happened and are read out at once. */
export function Notice(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly tone?: 'plain' | 'due' | 'alarm'
  readonly live?: boolean
}) {
  return (
    <section
      className={`${styles.notice} ${styles[props.tone ?? 'plain']}`}
      {...(props.live === true ? { role: 'alert' } : {})}
    >
      <h2 className={styles.title}>{props.title}</h2>
      {props.children}
    </section>
  )
}
