// Reading a text of 500 pages for the commitments that it may hold, in each language. One thread.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readText } from '@parley/texts'
import type { Benchmark } from './bench.ts'
import { repeat, rowOf, secondsOf } from './measure.ts'

const pages = 500
/** Units on a page of English and of Chinese. */
const languages = [
  { file: 'text.en.txt', name: 'English', pageLength: 3000 },
  { file: 'text.zh-Hans.txt', name: 'Chinese', pageLength: 1000 },
]
const folder = join(import.meta.dirname, '..', '..', 'agreements', 'us-cn-2015')
/** The least that is asked for. */
const limit = { name: 's asked for', value: 2 }

export const texts: Benchmark = {
  name: 'texts',
  async run({ times }) {
    const rows = []
    for (const { file, name, pageLength } of languages) {
      const words = `${await readFile(join(folder, file), 'utf8')}\n\n`
      const text = words.repeat(Math.ceil((pages * pageLength) / words.length))
      const seconds = await repeat(times, () => secondsOf(() => readText(text)))
      rows.push(rowOf(`texts: ${pages} pages of ${name}`, 's', seconds, limit))
    }
    return rows
  },
}
