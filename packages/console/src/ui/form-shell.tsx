// The frame of every form: its faults at the head, its fields one under the other, its one main action at the foot.

import type { ReactNode } from 'react'
import { Form } from 'react-aria-components/Form'
import { Button } from './button.tsx'
import { ErrorSummary } from './error-summary.tsx'
import type { FieldFault } from './error-summary.tsx'
import styles from './form-shell.module.css'

export interface FormShellProps {
  readonly children: ReactNode
  readonly action: string
  readonly onSubmit: () => void
  readonly faults?: readonly FieldFault[]
  readonly pending?: boolean
  readonly refusal?: string | undefined
  readonly onCancel?: () => void
  readonly cancel?: string
  /** A sentence beside the action, such as where the draft is kept. */
  readonly note?: ReactNode
}

/** Nothing is sent by this: the caller checks, and shows what will happen, in `onSubmit`. */
export function FormShell(props: FormShellProps) {
  return (
    <Form
      className={styles.form!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        if (props.refusal === undefined && props.pending !== true) props.onSubmit()
      }}
    >
      <ErrorSummary faults={props.faults ?? []} />
      {props.children}
      <div className={styles.foot}>
        <Button type="submit" look="main" isPending={props.pending ?? false} refusal={props.refusal}>
          {props.action}
        </Button>
        {props.onCancel === undefined ? null : (
          <Button look="plain" onPress={props.onCancel}>
            {props.cancel}
          </Button>
        )}
        {props.note === undefined ? null : <span className={styles.note}>{props.note}</span>}
      </div>
    </Form>
  )
}
