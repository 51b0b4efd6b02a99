// Rows as a table for people: the middle figure, its ends, and how it stands to its limit.

import type { Row } from './measure.ts'

/** Three figures that matter, and thousands apart. */
export function formatFigure(figure: number): string {
  if (figure >= 1000) return Math.round(figure).toLocaleString('en').replaceAll(',', ' ')
  return String(Number(figure.toPrecision(3)))
}

export function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ limit, max, median, min, name, ratio, unit }) => {
    const beside = limit === undefined ? '' : `${formatFigure(limit.value)} ${limit.name}`
    const times = ratio === undefined ? '' : `× ${ratio.toPrecision(2)}`
    return [name, formatFigure(median), unit, `(${formatFigure(min)} – ${formatFigure(max)})`, times, beside]
  })
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
