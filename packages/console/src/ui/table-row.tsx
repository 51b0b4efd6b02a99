// One row of a table: in the flow of the page, or at a place of its own in a long table.

// Elements of tables cannot stand at places of their own choosing, so roles say what they are.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import type { TableProps } from './table.tsx'
import styles from './table.module.css'

export function TableRow<Row>({
  ref,
  ...props
}: Pick<TableProps<Row>, 'columns' | 'grid' | 'row'> & {
  readonly place: number
  /** Pixels from the top of the table's body; in the flow when absent. */
  readonly at?: number
  readonly ref?: Ref<HTMLDivElement>
}) {
  const t = useTranslations('ui')
  const { at, columns, grid, place } = props
  const row = props.row(place)
  return (
    <div
      ref={ref}
      role="row"
      aria-rowindex={place + 2}
      data-place={place}
      data-index={place}
      className={`${styles.row} ${grid} ${at === undefined ? '' : styles.placed}`}
      {...(at === undefined ? {} : { style: { transform: `translateY(${at}px)` } })}
    >
      {row === undefined ? (
        <div role="cell" aria-colspan={columns.length} className={styles.loading}>
          {t('loading')}
        </div>
      ) : (
        columns.map((column) => (
          <div key={column.id} role="cell" className={styles.cell} data-column={column.id}>
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  )
}
