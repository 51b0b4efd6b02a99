// Cuts text into the words it is found by: words of letters and digits, folded, and for Han, which is written without
// spaces, every pair of neighbours and every character. Pure; the same for what is stored and for what is asked.

/** What one document has in the index at the most; a body of the largest size fits. */
export const wordsMax = 40_000
/** Words of a question that are looked for; what is behind them is not. */
export const questionWordsMax = 16
const wordLengthMax = 64

const han = /\p{Script=Han}/u
const runs = /\p{Script=Han}+|[\p{L}\p{N}]+/gu

/** Width, case and accents do not matter: full-width letters are letters, é is e. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().normalize('NFKC')
}

/** Runs of Han and runs of anything else, in their order. */
function* listRuns(text: string): Generator<string> {
  for (const [run] of fold(text).matchAll(runs)) {
    if (!han.test(run)) {
      yield run
      continue
    }
    // A run of letters may hold both: 'IP地址' is a word and two characters.
    for (const [part] of run.matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)) yield part
  }
}

function cutHan(run: string): string[] {
  const characters = [...run]
  return characters.length === 1
    ? characters
    : characters.slice(1).map((character, index) => `${characters[index]!}${character}`)
}

/** Every word that a text is found by, each once. */
export function listWords(text: string): string[] {
  const words = new Set<string>()
  for (const run of listRuns(text)) {
    if (words.size >= wordsMax) break
    if (!han.test(run)) {
      words.add([...run].slice(0, wordLengthMax).join(''))
      continue
    }
    for (const word of cutHan(run)) words.add(word)
    for (const character of run) words.add(character)
  }
  return [...words]
}

/** What is looked for: every one of the words, and something that begins with `prefix`. */
export interface Question {
  readonly words: readonly string[]
  readonly prefix: string | undefined
}

/** What somebody has typed so far, as a question: the last word may be unfinished. Undefined when there is no word in it. */
export function parseQuestion(text: string): Question | undefined {
  const found = [...listRuns(text)].slice(0, questionWordsMax)
  const last = found.at(-1)
  if (last === undefined) return undefined
  const cut = (run: string): string[] => (han.test(run) ? cutHan(run) : [[...run].slice(0, wordLengthMax).join('')])
  if (han.test(last)) return { words: [...new Set(found.flatMap(cut))], prefix: undefined }
  return { words: [...new Set(found.slice(0, -1).flatMap(cut))], prefix: cut(last)[0] }
}
