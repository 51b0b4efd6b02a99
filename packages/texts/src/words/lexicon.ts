// A lexicon: words in named classes, as the rules of a language speak of them. English verbs are given by their base and
// known in all their forms; a class `agree` then also has `agree.base`, `agree.s`, `agree.ed` and `agree.ing`.

export interface Lexicon {
  /** The classes of a word. */
  classesOf(word: string): ReadonlySet<string>
  /** How many units the longest known word has that begins at a place of the text; 0 is none. */
  longestAt(text: string, at: number, end: number): number
}

/** Class → its words, apart by spaces. */
export type WordClasses = Readonly<Record<string, string>>

const none: ReadonlySet<string> = new Set()

/** Makes a lexicon. `irregular` gives the past forms of verbs that do not take -ed: `hold: 'held'`. */
export function createLexicon(
  words: WordClasses,
  verbs: WordClasses = {},
  irregular: Readonly<Record<string, string>> = {},
): Lexicon {
  const classes = new Map<string, Set<string>>()
  const root: Node = { children: new Map(), isWord: false }
  const add = (word: string, name: string): void => {
    let known = classes.get(word)
    if (known === undefined) {
      classes.set(word, (known = new Set()))
      addWord(root, word)
    }
    known.add(name)
  }
  for (const [name, list] of Object.entries(words)) for (const word of split(list)) add(word, name)
  for (const [name, list] of Object.entries(verbs)) {
    for (const base of split(list)) {
      for (const [form, word] of formsOf(base, irregular)) {
        for (const each of [name, `${name}.${form}`, 'verb', `verb.${form}`]) add(word, each)
        if (form !== 'ing') add(word, `${name}.finite`)
      }
    }
  }
  return {
    classesOf: (word) => classes.get(word) ?? none,
    longestAt(text, at, end) {
      let node: Node | undefined = root
      let length = 0
      for (let next = at; next < end; next++) {
        node = node.children.get(text.charCodeAt(next))
        if (node === undefined) break
        if (node.isWord) length = next + 1 - at
      }
      return length
    },
  }
}

/** A tree of the words by their units, so that the longest is found in one walk. */
interface Node {
  readonly children: Map<number, Node>
  isWord: boolean
}

function addWord(root: Node, word: string): void {
  let node = root
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    let next = node.children.get(unit)
    if (next === undefined) node.children.set(unit, (next = { children: new Map(), isWord: false }))
    node = next
  }
  node.isWord = true
}

const split = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== '')

function formsOf(base: string, irregular: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const past = irregular[base]
  return [
    ['base', base],
    ['s', /(?:s|x|z|ch|sh|o)$/.test(base) ? `${base}es` : consonantY(base) ? `${base.slice(0, -1)}ies` : `${base}s`],
    [
      'ing',
      base.endsWith('ee') ? `${base}ing` : base.endsWith('e') ? `${base.slice(0, -1)}ing` : `${doubled(base)}ing`,
    ],
    ...(past === undefined ? [regularPast(base)] : past.split('/')).map((word) => ['ed', word] as const),
  ]
}

function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`
  return consonantY(base) ? `${base.slice(0, -1)}ied` : `${doubled(base)}ed`
}

const consonantY = (base: string): boolean => /[^aeiou]y$/.test(base)

/** `set` → `sett`, `commit` → `committ`: verbs of one syllable, and the few others that these texts have. */
function doubled(base: string): string {
  return /^[^aeiou]*[aeiou][bdgmnprt]$/.test(base) ||
    /^(?:commit|refer|permit|admit|submit|begin|transfer|defer|concur|recur|forbid|transmit|incur|rebut|abet|compel)$/.test(
      base,
    )
    ? base + base.at(-1)!
    : base
}
