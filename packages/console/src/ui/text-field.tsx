// Fields for one line and for many: label above, hint under it, the error between hint and field.

import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea'
import { TextField as AriaTextField } from 'react-aria-components/TextField'
import styles from './field.module.css'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  /** What is wrong with the value, as a sentence. */
  readonly error?: string | undefined
  readonly id?: string
  readonly name?: string
  readonly type?: 'text' | 'password' | 'search'
  readonly lang?: string | undefined
  readonly required?: boolean
  readonly spellCheck?: boolean
  readonly autoComplete?: string
  readonly lengthMax?: number
  readonly wide?: boolean
}

function Head(props: { label: string; hint?: string | undefined; error?: string | undefined }) {
  return (
    <>
      <Label className={styles.label}>{props.label}</Label>
      {props.hint === undefined ? null : (
        <Text slot="description" className={styles.hint}>
          {props.hint}
        </Text>
      )}
      <FieldError className={styles.error!}>{props.error}</FieldError>
    </>
  )
}

function ariaProps(props: TextFieldProps) {
  return {
    value: props.value,
    onChange: props.onChange,
    isInvalid: props.error !== undefined,
    isRequired: props.required ?? false,
    validationBehavior: 'aria' as const,
    className: `${styles.field} ${props.wide === true ? styles.wide : ''}`,
    ...(props.id === undefined ? {} : { id: props.id }),
    ...(props.name === undefined ? {} : { name: props.name }),
    ...(props.type === undefined ? {} : { type: props.type }),
    ...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete }),
    ...(props.lengthMax === undefined ? {} : { maxLength: props.lengthMax }),
    ...(props.spellCheck === undefined ? {} : { spellCheck: props.spellCheck ? 'true' : 'false' }),
  }
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField {...ariaProps(props)}>
      <Head label={props.label} hint={props.hint} error={props.error} />
      <Input className={styles.input!} lang={props.lang} />
    </AriaTextField>
  )
}

/** Several lines, with as many rows as are asked for to begin with. */
export function TextArea({ rows = 5, ...props }: TextFieldProps & { readonly rows?: number }) {
  return (
    <AriaTextField {...ariaProps(props)}>
      <Head label={props.label} hint={props.hint} error={props.error} />
      <AriaTextArea className={`${styles.input} ${styles.area}`} rows={rows} lang={props.lang} />
    </AriaTextField>
  )
}
