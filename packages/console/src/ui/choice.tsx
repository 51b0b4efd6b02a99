// One of several (radio buttons) and some of several (check boxes), each choice with an optional note under it.

import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Text } from 'react-aria-components/Text'
import styles from './field.module.css'

export interface Choice {
  readonly id: string
  readonly label: ReactNode
  readonly note?: ReactNode
}

interface ChoiceProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly hint?: string
  readonly error?: string | undefined
  readonly id?: string
}

function Head(props: { label: string; hint?: string | undefined; error?: string | undefined }) {
  return (
    <>
      <Label className={styles.legend}>{props.label}</Label>
      {props.hint === undefined ? null : (
        <Text slot="description" className={styles.hint}>
          {props.hint}
        </Text>
      )}
      <FieldError className={styles.error!}>{props.error}</FieldError>
    </>
  )
}

function Shape(props: { round: boolean; chosen: boolean }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
      {props.round ? <circle cx="10" cy="10" r="8.5" /> : <rect x="1.5" y="1.5" width="17" height="17" rx="2" />}
      {props.chosen && props.round ? <circle cx="10" cy="10" r="4.5" fill="currentColor" stroke="none" /> : null}
      {props.chosen && !props.round ? <path d="M5 10.5l3.5 3.5L15 6.5" strokeWidth="2.25" /> : null}
    </svg>
  )
}

/** Exactly one of a few. */
export function OneOf(props: ChoiceProps & { value: string | undefined; onChange: (value: string) => void }) {
  return (
    <RadioGroup
      className={styles.field!}
      value={props.value ?? null}
      onChange={props.onChange}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <Head label={props.label} hint={props.hint} error={props.error} />
      <div className={styles.choices}>
        {props.choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className={styles.choice!}>
            {({ isSelected }) => (
              <>
                <Shape round chosen={isSelected} />
                <span>{choice.label}</span>
                {choice.note === undefined ? null : <span className={styles.note}>{choice.note}</span>}
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

/** Any number of a few. */
export function SomeOf(props: ChoiceProps & { value: readonly string[]; onChange: (value: string[]) => void }) {
  return (
    <CheckboxGroup
      className={styles.field!}
      value={[...props.value]}
      onChange={props.onChange}
      isInvalid={props.error !== undefined}
      validationBehavior="aria"
      {...(props.id === undefined ? {} : { id: props.id })}
    >
      <Head label={props.label} hint={props.hint} error={props.error} />
      <div className={styles.choices}>
        {props.choices.map((choice) => (
          <Checkbox key={choice.id} value={choice.id} className={styles.choice!}>
            {({ isSelected }) => (
              <>
                <Shape round={false} chosen={isSelected} />
                <span>{choice.label}</span>
                {choice.note === undefined ? null : <span className={styles.note}>{choice.note}</span>}
              </>
            )}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}
