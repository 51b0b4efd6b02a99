// `node packages/texts/test-support/evaluate.ts [--wrong] [NAME…]`: precision and recall of the rules on the labelled sets, by
// language and kind. `--wrong` lists the sentences that are not read as labelled.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate } from '../src/evaluation/evaluate.ts'
import { formatCounts, formatEvaluation } from '../src/evaluation/figures.ts'
import { evaluateScreening, parseLabelledPassages } from '../src/evaluation/screening.ts'
import { parseLabelledSet } from '../src/evaluation/labelled-set.ts'

const folder = join(import.meta.dirname, '..', 'labelled')
const args = process.argv.slice(2)
const asked = args.filter((arg) => !arg.startsWith('--'))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

for (const file of readdirSync(folder).sort()) {
  const name = file.replace(/\.yaml$/, '')
  if (!file.endsWith('.yaml') || (asked.length > 0 && !asked.includes(name))) continue
  const evaluation = evaluate(parseLabelledSet(readFileSync(join(folder, file), 'utf8')))
  for (const line of formatEvaluation(name, evaluation)) say(line)
  if (!args.includes('--wrong')) continue
  for (const { expected, proposed, text } of evaluation.wrong) {
    say(`  ! ${text.replaceAll('\n', ' / ')}`)
    say(`      labelled: ${expected.join(' | ') || 'nothing'}`)
    say(`      proposed: ${proposed.join(' | ') || 'nothing'}`)
  }
}

for (const file of readdirSync(join(folder, 'screening')).sort()) {
  const name = `screening/${file.replace(/\.yaml$/, '')}`
  if (asked.length > 0 && !asked.includes(name)) continue
  const { all, passages, wrong } = evaluateScreening(
    parseLabelledPassages(readFileSync(join(folder, 'screening', file), 'utf8')),
  )
  say(`${name}: ${passages} passages`)
  say(`  questions raised     ${formatCounts(all)}`)
  if (!args.includes('--wrong')) continue
  for (const { expected, marked, text } of wrong) {
    say(`  ! ${text}`)
    say(`      labelled: ${expected.join(' | ') || 'nothing'}; marked: ${marked.join(' | ') || 'nothing'}`)
  }
}
