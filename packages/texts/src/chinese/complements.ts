// What follows an operative Chinese word: to do, not to do, to establish a body, to designate somebody.

import type { ProposalKind } from '../proposal.ts'
import type { OperativeRule } from '../rule.ts'
import type { Reading } from '../words/pattern.ts'

/** As many tokens after the operative words are looked at for a word that denies, a verb, and what it is done to. */
const denialReach = 9
const verbReach = 12
const aboutReach = 44
const objectReach = 34

const founding = new Set(['设立', '建立', '成立', '组建', '创建', '搭建', '设', '互设', '开设', '开通'])
const naming = new Set(['指定', '任命', '委派', '提名', '指派', '确定'])
const denyingHeads = /^(?:不|均不|绝不|决不|互不|禁止)/

export interface Complement {
  readonly kind: ProposalKind
  readonly negative: boolean
}

/** Reads what follows the operative words from `head` to before `after`; what was agreed may stand before them (就…达成一致). */
export function readComplement(
  rule: OperativeRule,
  reading: Reading,
  after: number,
  { head, none }: { readonly head: number; readonly none: boolean },
): Complement {
  const { classes, tokens } = reading
  const denied =
    none ||
    denies(reading, rule.name === 'zh.reach' ? head : after) ||
    (after > head && denyingHeads.test(tokens[head]!.word))
  if (rule.kind !== 'by-verb' && rule.kind !== 'commit-by-verb') return { kind: rule.kind, negative: denied }
  if (denied) return { kind: 'undertake-not-to', negative: true }
  const plain: ProposalKind = rule.kind === 'by-verb' ? 'agree-to-do' : 'commit'
  const from = rule.name === 'zh.reach' ? Math.max(0, head - verbReach) : wordsOfHead(rule) ? head : after
  // 同意就…问题建立…: before the verb stands what it is about.
  const about = classes[from]?.has('preposition') === true || classes[from + 1]?.has('preposition') === true
  for (let at = from; at < Math.min(tokens.length, from + (about ? aboutReach : verbReach)); at++) {
    const { word } = tokens[at]!
    const objects = classes.slice(at + 1, at + objectReach)
    if (founding.has(word) && objects.some((each) => each.has('institution')))
      return { kind: 'establish', negative: false }
    if (naming.has(word) && objects.some((each) => each.has('office'))) return { kind: 'designate', negative: false }
    if (word === ';' || word === '。' || (!about && classes[at]!.has('doing') && isVerb(word))) break
  }
  return { kind: plain, negative: false }
}

/** Rules whose own words hold the verb. */
const wordsOfHead = ({ name }: OperativeRule): boolean =>
  name === 'zh.will-establish' || name === 'zh.establish-present'

const adverbial = /^(?:每|尽|及时|立即|定期|酌情|共同|联合|轮流|相互|依法|主动|充分|切实|认真|严格|具体|继续|努力|提前)/
const isVerb = (word: string): boolean => !founding.has(word) && !naming.has(word) && !adverbial.test(word)

/** True when the words deny before they say what is done, in the first clause or, after a comma at once, in the next. */
function denies({ classes, tokens }: Reading, from: number): boolean {
  let reach = denialReach
  for (let at = from; at < Math.min(tokens.length, from + reach); at++) {
    const { word } = tokens[at]!
    if (classes[at]!.has('not')) return true
    if (word === ';' || word === '。' || word === '的') return false
    if (word === ',' && at > from) return false
    if (word === ',') reach += denialReach
    if (classes[at]!.has('doing') && isVerb(word)) return false
  }
  return false
}
