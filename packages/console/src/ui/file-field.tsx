// Files from this device: the browser's own control under a label of ours, because its own words are in the browser's language
// and not in the page's. The place around it takes what is dropped on it too.

import { useId, useState } from 'react'
import button from './button.module.css'
import field from './field.module.css'
import styles from './file-field.module.css'

/** Tells the files once each time; nothing of them is kept here. */
export function FileField(props: {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly id?: string
  readonly multiple?: boolean
  readonly onChoose: (files: readonly File[]) => void
}) {
  const made = useId()
  const id = props.id ?? made
  const [over, setOver] = useState(false)
  const described = [
    props.hint === undefined ? '' : `${id}-hint`,
    props.error === undefined ? '' : `${id}-error`,
  ].filter((each) => each !== '')
  return (
    // Whoever cannot drop has the control inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`${field.field} ${styles.place}`}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0) props.onChoose(props.multiple === true ? files : files.slice(0, 1))
      }}
    >
      {props.hint === undefined ? null : (
        <span id={`${id}-hint`} className={field.hint}>
          {props.hint}
        </span>
      )}
      {props.error === undefined ? null : (
        <span id={`${id}-error`} className={field.error}>
          {props.error}
        </span>
      )}
      <input
        id={id}
        type="file"
        className={styles.input}
        multiple={props.multiple ?? false}
        aria-invalid={props.error !== undefined}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same file may be chosen again.
          event.currentTarget.value = ''
          if (files.length > 0) props.onChoose(files)
        }}
      />
      <label htmlFor={id} className={`${button.button} ${styles.choose}`}>
        {props.label}
      </label>
    </div>
  )
}
