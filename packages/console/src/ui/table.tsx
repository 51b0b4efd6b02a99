// A table that may be very long. A short one is whole, so that the browser's own search finds everything, and so is every
// table on paper; the rows of a long one are made as they come into view, by code that only long tables load.

// Elements of tables cannot stand at places of their own choosing, so roles say what they are.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { useShortcut } from './shortcuts.tsx'
import { TableRow } from './table-row.tsx'
import styles from './table.module.css'

const LongRows = lazy(() => import('./long-rows.tsx'))

export interface Column<Row> {
  readonly id: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
}

export interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** How many rows there are, loaded or not. */
  readonly count: number
  /** The row at a place, or undefined while it is loading. */
  readonly row: (place: number) => Row | undefined
  /** Called with the places in view, to load what is missing. */
  readonly onView?: (first: number, last: number) => void
  /** The class that gives the columns their widths. */
  readonly grid: string
  /** The usual height of a row in pixels, before it is known. */
  readonly rowHeight: number
}

const wholeRowsMax = 200
const printedRowsMax = 2000

export function Table<Row>(props: TableProps<Row>) {
  const { columns, count, grid } = props
  const t = useTranslations('ui')
  const printing = usePrinting()
  const whole = count <= wholeRowsMax || (printing && count <= printedRowsMax)
  return (
    <div role="table" aria-label={props.label} aria-rowcount={count + 1} className={styles.table}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={`${styles.headRow} ${grid}`}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" className={styles.head} data-column={column.id}>
              {column.head}
            </div>
          ))}
        </div>
      </div>
      {whole ? (
        <WholeRows {...props} />
      ) : (
        <Suspense fallback={<p className={styles.loading}>{t('loading')}</p>}>
          <LongRows {...(props as unknown as TableProps<unknown>)} />
        </Suspense>
      )}
    </div>
  )
}

function WholeRows<Row>(props: TableProps<Row>) {
  const { count, onView } = props
  const body = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (count > 0) onView?.(0, count - 1)
  }, [count, onView])

  useRowKeys(
    count,
    useCallback((place) => focusRow(body.current, place), []),
  )

  return (
    <div role="rowgroup" ref={body} className={styles.body}>
      {Array.from({ length: count }, (_, place) => (
        <TableRow key={place} {...props} place={place} />
      ))}
    </div>
  )
}

/** Puts the focus on the first link of a row: that is what `j` and `k` move between. */
export function focusRow(body: HTMLElement | null, place: number): void {
  body?.querySelector<HTMLElement>(`[data-place="${place}"] a`)?.focus()
}

/** Registers `j` and `k`. */
export function useRowKeys(count: number, go: (place: number) => void): void {
  const t = useTranslations('ui')
  const move = useCallback(
    (step: 1 | -1) => {
      const current = document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset['place']
      go(current === undefined ? 0 : Math.min(count - 1, Math.max(0, Number(current) + step)))
    },
    [count, go],
  )
  useShortcut(
    'j',
    t('nextRow'),
    useCallback(() => move(1), [move]),
  )
  useShortcut(
    'k',
    t('previousRow'),
    useCallback(() => move(-1), [move]),
  )
}

/** True while the page is being printed: the print dialogue waits for what is drawn here. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing
}
