// What `@parley/texts/evaluation` offers: how well the rules read a labelled set.

export { evaluate, type Counts, type Detail, type Evaluation } from './evaluate.ts'
export { formatCounts, formatEvaluation } from './figures.ts'
export { parseLabelledSet, type Expected, type Labelled } from './labelled-set.ts'
