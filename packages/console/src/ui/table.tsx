// A table that may be very long: rows are made as they come into view, and the page itself scrolls. Short tables are
// whole, so that the browser's own search finds everything; and so is every table on paper.

// Elements of tables cannot stand at places of their own choosing, so roles say what they are.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { useShortcut } from './shortcuts.tsx'
import styles from './table.module.css'

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
  readonly rowHeight: number
}

const wholeRowsMax = 200
const printedRowsMax = 2000
const rowsBeyondView = 8

/** The first link of a row is what `j` and `k` move between. */
export function Table<Row>(props: TableProps<Row>) {
  const { count, onView } = props
  const t = useTranslations('ui')
  const body = useRef<HTMLDivElement>(null)
  const [offset, setOffset] = useState(0)
  const printing = usePrinting()
  const whole = count <= wholeRowsMax || (printing && count <= printedRowsMax)

  useLayoutEffect(() => {
    if (body.current !== null) setOffset(body.current.getBoundingClientRect().top + window.scrollY)
  }, [count])

  // Its answers change without its identity changing, so nothing here may be remembered by the compiler.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => props.rowHeight,
    overscan: rowsBeyondView,
    scrollMargin: offset,
    enabled: !whole,
  })
  const shown = virtualizer.getVirtualItems()
  const first = whole ? 0 : shown[0]?.index
  const last = whole ? count - 1 : shown.at(-1)?.index

  useEffect(() => {
    if (first !== undefined && last !== undefined && last >= 0) onView?.(first, last)
  }, [first, last, onView])

  const move = useCallback(
    (step: 1 | -1) => {
      const current = document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset['place']
      const next = current === undefined ? 0 : Math.min(count - 1, Math.max(0, Number(current) + step))
      if (!whole) virtualizer.scrollToIndex(next, { align: 'auto' })
      requestAnimationFrame(() => {
        body.current?.querySelector<HTMLElement>(`[data-place="${next}"] a`)?.focus()
      })
    },
    [count, virtualizer, whole],
  )
  const down = useCallback(() => move(1), [move])
  const up = useCallback(() => move(-1), [move])
  useShortcut('j', t('nextRow'), down)
  useShortcut('k', t('previousRow'), up)

  const renderRow = (place: number, at: number | undefined) => {
    const row = props.row(place)
    return (
      <div
        key={place}
        role="row"
        aria-rowindex={place + 2}
        data-place={place}
        data-index={place}
        className={`${styles.row} ${props.grid} ${at === undefined ? '' : styles.placed}`}
        {...(at === undefined ? {} : { ref: virtualizer.measureElement, style: { transform: `translateY(${at}px)` } })}
      >
        {row === undefined ? (
          <div role="cell" aria-colspan={props.columns.length} className={styles.loading}>
            {t('loading')}
          </div>
        ) : (
          props.columns.map((column) => (
            <div key={column.id} role="cell" className={styles.cell} data-column={column.id}>
              {column.cell(row)}
            </div>
          ))
        )}
      </div>
    )
  }

  return (
    <div role="table" aria-label={props.label} aria-rowcount={count + 1} className={styles.table}>
      <div role="rowgroup" className={styles.headGroup}>
        <div role="row" aria-rowindex={1} className={`${styles.headRow} ${props.grid}`}>
          {props.columns.map((column) => (
            <div key={column.id} role="columnheader" className={styles.head} data-column={column.id}>
              {column.head}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={styles.body}
        {...(whole ? {} : { style: { blockSize: virtualizer.getTotalSize() } })}
      >
        {whole
          ? Array.from({ length: count }, (_, place) => renderRow(place, undefined))
          : shown.map((item) => renderRow(item.index, item.start - virtualizer.options.scrollMargin))}
      </div>
    </div>
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
