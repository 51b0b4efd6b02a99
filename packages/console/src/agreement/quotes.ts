// Finds the words that commitments stand on in a text of the agreement, and cuts its paragraphs at their ends. Where a
// quotation is not found, nothing is marked rather than something near it.

import { listQuotes } from '@parley/mechanism'
import type { Anchor } from '@parley/api'

export interface Quote {
  readonly commitment: string
  readonly anchor: Anchor
}

/** A run of words and the commitments that stand on it, in the order of the pack. */
export interface MarkedRun {
  readonly text: string
  readonly commitments: readonly string[]
}

interface Place {
  readonly commitment: string
  readonly start: number
  readonly end: number
}

/** The paragraphs of a text, parted by empty lines, each as runs; joining the runs of one gives the paragraph. */
export function markQuotes(body: string, quotes: readonly Quote[]): readonly (readonly MarkedRun[])[] {
  const places = quotes.flatMap(({ commitment, anchor: { exact, prefix, suffix } }): Place[] =>
    listQuotes(body, {
      type: 'TextQuoteSelector',
      exact,
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined ? {} : { suffix }),
    }).map((range) => ({ commitment, ...range })),
  )
  return [...body.matchAll(/[^\s][^]*?(?=\s*\n[ \t]*\n|\s*$)/g)].map((paragraph) =>
    cut(body, paragraph.index, paragraph.index + paragraph[0].length, places),
  )
}

function cut(body: string, start: number, end: number, places: readonly Place[]): MarkedRun[] {
  const inside = places.flatMap((place) => [place.start, place.end]).filter((edge) => edge > start && edge < end)
  const edges = [...new Set([start, ...inside, end])].sort((a, b) => a - b)
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1]!
    const covering = places
      .filter((place) => place.start <= from && place.end >= to)
      .map(({ commitment }) => commitment)
    return { text: body.slice(from, to), commitments: [...new Set(covering)] }
  })
}
