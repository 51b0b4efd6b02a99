// The rows of a table too long to be whole, made as they come into view while the page itself scrolls.

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { focusRow, useRowKeys } from './table.tsx'
import type { TableProps } from './table.tsx'
import { TableRow } from './table-row.tsx'
import styles from './table.module.css'

const rowsBeyondView = 8

export default function LongRows(props: TableProps<unknown>) {
  const { count, onView } = props
  const body = useRef<HTMLDivElement>(null)
  const [offset, setOffset] = useState(0)

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
  })
  const shown = virtualizer.getVirtualItems()
  const first = shown[0]?.index
  const last = shown.at(-1)?.index

  useEffect(() => {
    if (first !== undefined && last !== undefined) onView?.(first, last)
  }, [first, last, onView])

  useRowKeys(
    count,
    useCallback(
      (place) => {
        virtualizer.scrollToIndex(place, { align: 'auto' })
        requestAnimationFrame(() => focusRow(body.current, place))
      },
      [virtualizer],
    ),
  )

  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as in table.tsx
    <div role="rowgroup" ref={body} className={styles.body} style={{ blockSize: virtualizer.getTotalSize() }}>
      {shown.map((item) => (
        <TableRow
          key={item.key}
          {...props}
          place={item.index}
          at={item.start - virtualizer.options.scrollMargin}
          ref={virtualizer.measureElement}
        />
      ))}
    </div>
  )
}
