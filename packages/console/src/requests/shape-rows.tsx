// A list of objects as a form: each a group of fields that can be taken out, and a way to add one.

import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import fields from '../ui/field.module.css'
import styles from './shape-fields.module.css'

type Row = Readonly<Record<string, unknown>>

export function ShapeRows<Each extends Row>(props: {
  readonly id: string
  readonly label: string
  readonly error?: string | undefined
  readonly max: number
  readonly rows: readonly Each[]
  readonly onRows: (rows: readonly Each[]) => void
  readonly fieldsOf: (row: Each, at: number, onRow: (row: Each) => void) => ReactNode
}) {
  const t = useTranslations('form')
  const { label, onRows, rows } = props
  // A field keeps what was typed while it is no value yet, so a row keeps its key when one before it goes.
  const [keys, setKeys] = useState<readonly number[]>(() => rows.map((_, at) => at))
  const [next, setNext] = useState(rows.length)
  return (
    <fieldset className={styles.rows} id={props.id} tabIndex={-1}>
      <legend className={styles.legend}>{label}</legend>
      {props.error === undefined ? null : <p className={fields.error}>{props.error}</p>}
      {rows.map((row, at) => (
        <fieldset key={keys[at] ?? `at ${at}`} className={styles.row}>
          <legend className={styles.rowLegend}>{t('row', { label, number: at + 1 })}</legend>
          {props.fieldsOf(row, at, (changed) => onRows(rows.map((one, place) => (place === at ? changed : one))))}
          <Button
            look="quiet"
            onPress={() => {
              setKeys(keys.filter((_, place) => place !== at))
              onRows(rows.filter((_, place) => place !== at))
            }}
          >
            {t('removeRow', { label, number: at + 1 })}
          </Button>
        </fieldset>
      ))}
      {rows.length >= props.max ? null : (
        <Button
          onPress={() => {
            setKeys([...keys, next])
            setNext(next + 1)
            onRows([...rows, {} as Each])
          }}
        >
          {t('addRow', { label })}
        </Button>
      )}
    </fieldset>
  )
}
