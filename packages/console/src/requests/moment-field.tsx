// A date and a time on the reader's own clock, with the same moment in UTC under it.

import { useState } from 'react'
import { Input } from 'react-aria-components/Input'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField } from 'react-aria-components/TextField'
import { useTranslations } from 'use-intl'
import { Moment } from '../ui/moment.tsx'
import styles from '../ui/field.module.css'

export function MomentField(props: {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  /** Milliseconds since the epoch. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}) {
  const t = useTranslations('form')
  const [text, setText] = useState(() => (props.value === undefined ? '' : formatLocal(props.value)))
  return (
    <TextField
      className={styles.field!}
      id={props.id}
      type="datetime-local"
      value={text}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      onChange={(next) => {
        setText(next)
        const at = new Date(next).getTime()
        props.onChange(Number.isNaN(at) ? undefined : at)
      }}
    >
      <Label className={styles.label}>{props.label}</Label>
      <Text slot="description" className={styles.hint}>
        {props.hint === undefined ? null : `${props.hint} `}
        {props.value === undefined ? t('ownClock') : <Moment at={props.value} />}
      </Text>
      <FieldError className={styles.error!}>{props.error}</FieldError>
      <Input className={styles.input!} />
    </TextField>
  )
}

/** `YYYY-MM-DDTHH:MM` on the reader's clock, as the browser's field takes it. */
function formatLocal(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
