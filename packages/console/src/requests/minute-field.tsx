// A time of the day on the clock of whom it is about, in minutes after midnight.

import { useState } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { TextField } from 'react-aria-components/TextField'
import styles from '../ui/field.module.css'
import { formatMinute, parseMinute } from './minute.ts'

export function MinuteField(props: {
  readonly id: string
  readonly label: string
  readonly error?: string | undefined
  readonly value: number | undefined
  /** Midnight is the end of the day and not its beginning. */
  readonly isEnd: boolean
  readonly onChange: (value: number | undefined) => void
}) {
  const [text, setText] = useState(() => (props.value === undefined ? '' : formatMinute(props.value)))
  return (
    <TextField
      className={styles.field!}
      id={props.id}
      type="time"
      value={text}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      onChange={(next) => {
        setText(next)
        props.onChange(parseMinute(next, props.isEnd))
      }}
    >
      <Label className={styles.label}>{props.label}</Label>
      <FieldError className={styles.error!}>{props.error}</FieldError>
      <Input className={styles.input!} />
    </TextField>
  )
}
