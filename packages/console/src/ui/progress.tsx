// How far long work has got.

import { Label } from 'react-aria-components/Label'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { useFormatter } from 'use-intl'
import styles from './progress.module.css'

/** Without `value` (0 to `max`) the end is not known. */
export function Progress(props: { readonly label: string; readonly value?: number; readonly max?: number }) {
  const format = useFormatter()
  const known = props.value !== undefined
  const max = props.max ?? 1
  return (
    <ProgressBar
      className={styles.progress!}
      {...(known ? { value: props.value } : { isIndeterminate: true })}
      maxValue={max}
      formatOptions={{ style: 'percent' }}
    >
      <Label>{props.label}</Label>
      {known ? <span>{format.number((props.value ?? 0) / max, { style: 'percent' })}</span> : null}
      <svg className={styles.bar} viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="2" className={styles.track} />
        <rect
          width={known ? (100 * (props.value ?? 0)) / max : 30}
          height="2"
          className={known ? styles.done : styles.moving}
        />
      </svg>
    </ProgressBar>
  )
}
