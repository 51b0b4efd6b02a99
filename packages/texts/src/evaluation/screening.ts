// How well the screening rules mark labelled passages: of each passage, the criteria under which a reader would ask a question.

import { parse } from 'yaml'
import { TextsError } from '../error.ts'
import { screenText } from '../screening/screen.ts'
import { screeningCriteria } from '../screening/criteria.ts'
import type { ScreeningCriterion } from '../screening/criteria.ts'
import type { Counts } from './evaluate.ts'

export interface LabelledPassage {
  readonly text: string
  readonly expect: readonly ScreeningCriterion[]
}

export interface ScreeningEvaluation {
  readonly passages: number
  readonly all: Counts
  readonly wrong: readonly {
    readonly text: string
    readonly expected: readonly string[]
    readonly marked: readonly string[]
  }[]
}

/** @throws TextsError `labelled.malformed` */
export function parseLabelledPassages(yaml: string): readonly LabelledPassage[] {
  const value: unknown = parse(yaml)
  const isPassage = (item: unknown): item is LabelledPassage => {
    const { expect, text } = (item ?? {}) as { expect?: unknown; text?: unknown }
    return (
      typeof text === 'string' &&
      Array.isArray(expect) &&
      expect.every((each) => screeningCriteria.includes(each as ScreeningCriterion))
    )
  }
  if (!Array.isArray(value) || !value.every(isPassage)) {
    throw new TextsError('labelled.malformed', 'the labelled passages are not of their form')
  }
  return value
}

/** Marks every passage by itself and counts criteria. */
export function evaluateScreening(passages: readonly LabelledPassage[]): ScreeningEvaluation {
  const all = { right: 0, invented: 0, missed: 0 }
  const wrong: ScreeningEvaluation['wrong'][number][] = []
  for (const { expect, text } of passages) {
    const hits = screenText(text)
    const marked = new Set(hits.map(({ criterion }) => criterion))
    const right = expect.filter((criterion) => marked.has(criterion)).length
    all.right += right
    all.missed += expect.length - right
    all.invented += marked.size - right
    if (right !== expect.length || marked.size !== right)
      wrong.push({ text, expected: expect, marked: hits.map(({ rule }) => rule) })
  }
  return { passages: passages.length, all, wrong }
}
