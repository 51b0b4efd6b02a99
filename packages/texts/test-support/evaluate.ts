// `node packages/texts/test-support/evaluate.ts [--wrong] [NAME…]`: precision and recall of the rules on the labelled sets, by
// language and kind. `--wrong` lists the sentences that are not read as labelled.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate } from '../src/evaluation/evaluate.ts'
import { formatEvaluation } from '../src/evaluation/figures.ts'
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
