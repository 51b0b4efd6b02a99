// Figures of an evaluation as people read them. Shares are printed; tests hold counts.

import { proposalKinds } from '../proposal.ts'
import type { Counts, Evaluation } from './evaluate.ts'

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(2))

/** Of what was proposed, how much is right; of what is there, how much was found. */
export function formatCounts({ invented, missed, right }: Counts): string {
  return `precision ${share(right, right + invented)} (${right}/${right + invented}), recall ${share(right, right + missed)} (${right}/${right + missed})`
}

/** The lines that the command prints for one set. */
export function formatEvaluation(name: string, evaluation: Evaluation): readonly string[] {
  const { byKind, details, found, kinds, sentences } = evaluation
  return [
    `${name}: ${sentences} sentences`,
    `  a commitment at all  ${formatCounts(found)}`,
    `  of the right kind    ${formatCounts(kinds)}`,
    ...proposalKinds.map((kind) => `  ${kind.padEnd(19)}  ${formatCounts(byKind[kind])}`),
    `  details right: ${Object.entries(details)
      .map(([detail, { of, right }]) => `${detail} ${right}/${of}`)
      .join(', ')}`,
  ]
}
