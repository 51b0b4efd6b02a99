// English verbs by class, in their base form; the lexicon knows the others.

import type { WordClasses } from '../words/lexicon.ts'

export const englishVerbs: WordClasses = {
  agree: 'agree concur consent',
  commit: 'commit undertake pledge promise guarantee vow',
  decide: 'decide determine',
  resolve: 'resolve',
  instruct: 'instruct task direct mandate',
  intend: 'intend plan aim seek strive',
  affirm:
    'affirm reaffirm confirm recognize recognise acknowledge underscore underline emphasize emphasise stress reiterate support endorse highlight uphold',
  welcome: 'welcome note appreciate commend applaud value praise',
  designate: 'designate appoint nominate name',
  establish: 'establish create form found institute launch constitute initiate',
  say: 'say state announce declare tell add explain argue believe claim expect doubt predict suggest think warn write hope insist stress',
  meet: 'meet convene gather',
  recall: 'recall remember',
  abstain: 'refrain avoid abstain desist cease forgo forbear eschew stop prohibit',
  commercial: 'pay buy sell acquire settle merge purchase divest',
  duty: 'hold provide answer publish exchange review test notify inform respond use settle report treat share consult protect bear host convene give preserve acknowledge discuss examine update handle keep maintain conduct organise organize schedule take make carry complete submit issue return grant limit apply base disclose allow require restrict impose transfer deal convey transmit monitor evaluate assess open complete address implement apply accept afford extend tailor store collect adopt direct coordinate guide',
}

export const irregularPast: Readonly<Record<string, string>> = {
  undertake: 'undertook/undertaken',
  hold: 'held',
  give: 'gave/given',
  keep: 'kept',
  make: 'made',
  take: 'took/taken',
  meet: 'met',
  bear: 'bore/borne',
  tell: 'told',
  say: 'said',
  think: 'thought',
  write: 'wrote/written',
  buy: 'bought',
  sell: 'sold',
  pay: 'paid',
  seek: 'sought',
  strive: 'strove/striven',
  deal: 'dealt',
  forgo: 'forwent/forgone',
  forbear: 'forbore',
  uphold: 'upheld',
}
