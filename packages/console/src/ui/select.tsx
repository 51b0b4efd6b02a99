// One of many, folded away until wanted.

import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
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
  readonly hiddenLabel?: boolean
}) {
  return (
    <AriaSelect
      className={styles.field!}
      value={props.value}
      onChange={(key) => {
        if (key !== null) props.onChange(String(key))
      }}
      {...(props.hiddenLabel === true ? { 'aria-label': props.label } : {})}
    >
      {props.hiddenLabel === true ? null : <Label className={styles.label!}>{props.label}</Label>}
      <Button className={`${styles.input} ${styles.trigger}`}>
        <SelectValue />
        <svg className={styles.arrow} viewBox="0 0 10 6" aria-hidden="true" fill="none" stroke="currentColor">
          <path d="M1 1l4 4 4-4" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover>
        <ListBox className={styles.options!} items={props.options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={styles.option!}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
