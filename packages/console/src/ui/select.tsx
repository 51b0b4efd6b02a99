// One of many, folded away until wanted: the browser's own control, which every reader, phone and screen reader knows.

import { useId } from 'react'
import styles from './field.module.css'

export interface SelectOption {
  readonly id: string
  readonly label: string
}

/** `hiddenLabel` keeps the label for assistive technology only, where the place makes it plain. */
export function Select(props: {
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly id?: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly hiddenLabel?: boolean
}) {
  const made = useId()
  const id = props.id ?? made
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [props.hint === undefined ? '' : hintId, props.error === undefined ? '' : errorId].join(' ').trim()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={props.hiddenLabel === true ? 'visually-hidden' : styles.label}>
        {props.label}
      </label>
      {props.hint === undefined ? null : (
        <span id={hintId} className={styles.hint}>
          {props.hint}
        </span>
      )}
      {props.error === undefined ? null : (
        <span id={errorId} className={styles.error}>
          {props.error}
        </span>
      )}
      <span className={styles.select}>
        <select
          id={id}
          className={styles.input}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          aria-invalid={props.error !== undefined}
          aria-describedby={described === '' ? undefined : described}
        >
          {props.options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <svg className={styles.arrow} viewBox="0 0 10 6" aria-hidden="true" fill="none" stroke="currentColor">
          <path d="M1 1l4 4 4-4" strokeWidth="1.5" />
        </svg>
      </span>
    </div>
  )
}
