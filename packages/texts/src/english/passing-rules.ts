// English words that make a statement no commitment: reports of talks, hedges, hypotheses, history, definitions, what a text
// says of itself, what outsiders think.

import type { PassingRule } from '../rule.ts'

const news = 'news prose'
const treaty = 'usual treaty English'

export const englishPassingRules: readonly PassingRule[] = [
  {
    name: 'en.question',
    pattern: '?',
    where: 'sentence',
    example: 'Will the parties commit to a moratorium?',
    source: news,
  },
  {
    name: 'en.outsiders-think',
    pattern:
      'analysts/analyst/experts/critics/observers/commentators/researchers/scholars/economists/pundits/lawyers/executives/investors/diplomats/lobbyists/activists ..4 say/says/said/argue/argued/argues/believe/believed/expect/expected/doubt/doubted/warn/warned/predict/predicted/think/fear/feared/hope/note/noted/suggest/suggested',
    where: 'sentence',
    example: 'Analysts said the two countries will struggle to agree on a common text.',
    source: news,
  },
  {
    name: 'en.sources-say',
    pattern:
      'sources/source/insiders/rumours/rumors ..6 say/says/said/believe/believed/expect/expected/suggest/suggested',
    where: 'sentence',
    example: 'Sources close to the talks believe a deal will be announced soon.',
    source: news,
  },
  {
    name: 'en.according-to-outsiders',
    pattern:
      'according to ..4 analysts/analyst/experts/critics/observers/people/sources/source/polls/researchers/company/economists/survey/times/daily/post/newspaper/media/reports/reuters',
    where: 'sentence',
    example: 'According to analysts, both sides will keep their export rules.',
    source: news,
  },
  {
    name: 'en.person-said',
    pattern: '" said/says/added/told',
    where: 'sentence',
    example: '“We will keep pressing for access,” said the chief executive of an industry group.',
    source: news,
  },
  {
    name: 'en.hypothesis',
    pattern: 'if/whether/unless/suppose/supposing/until/once',
    where: 'before',
    example: 'If the parties agree to extend the period, the calendar is adapted.',
    source: treaty,
  },
  {
    name: 'en.unclear',
    pattern: 'unclear/uncertain/unlikely/doubtful/doubt/doubts ..6 whether/that/if/how',
    where: 'sentence',
    example: 'It is unclear whether the two governments will establish a joint centre.',
    source: news,
  },
  {
    name: 'en.expected',
    pattern:
      '@be expected/likely/unlikely/set/urged/invited/encouraged/free/welcome/entitled/able/unable/willing/ready/poised/reluctant to',
    where: 'before',
    example: 'Negotiators are expected to agree to a text by Friday.',
    source: news,
  },
  {
    name: 'en.encouraged',
    pattern: '@be ..1 encouraged/invited/urged/advised/recommended to',
    where: 'sentence',
    except: ['en.agree', 'en.commit', 'en.decide', 'en.affirm', 'en.welcome', 'en.shall', 'en.will'],
    example: 'Operators are encouraged to report vulnerabilities.',
    source: 'voluntary hedges',
  },
  {
    name: 'en.failed',
    pattern:
      'failed/fail/fails/failing/refused/refuse/refuses/declined/decline/unable/yet/hoped/hope/hopes/wish/wishes/want/wants/wanted/proposed/urged/called/asked to',
    where: 'before',
    example: 'The two sides failed to agree on the scope of the exercise.',
    source: news,
  },
  {
    name: 'en.not-done',
    pattern: "not/never/nor/didn't/don't/doesn't/haven't/hasn't/cannot",
    where: 'before',
    example: 'The parties have not yet agreed to open their standards bodies.',
    source: news,
  },
  {
    name: 'en.uncertain-modal',
    pattern: 'may/might/can/could/would',
    where: 'before',
    example: 'The two governments may agree on further steps.',
    source: 'voluntary hedges',
  },
  {
    name: 'en.history',
    pattern: 'had/previously/formerly/originally/earlier',
    where: 'before',
    example: 'In 2011 the two governments had agreed to create a similar line.',
    source: news,
  },
  {
    name: 'en.recalled',
    pattern:
      'recall/recalls/recalled/recalling/honour/honor/honoured/breach/breached/breaching/violate/violated/violating/abandoned/broke/broken',
    where: 'before',
    except: ['en.affirm', 'en.shall', 'en.will'],
    example: 'The minister recalled the commitment not to weaken encryption.',
    source: news,
  },
  {
    name: 'en.possessive-promise',
    pattern:
      'their/its/his/her/earlier/previous/past/existing/2015 commitment/commitments/pledge/agreement/undertaking/promise',
    where: 'before',
    example: 'The two sides discussed their commitment to report incidents.',
    source: news,
  },
  {
    name: 'en.definition',
    pattern: '" shall/will? mean/means/refers/denotes',
    where: 'sentence',
    example: '“Computer data” means any representation of facts.',
    source: treaty,
  },
  {
    name: 'en.nothing-in-this',
    pattern: 'nothing in/contained/herein',
    where: 'sentence',
    example: 'Nothing in this Memorandum shall be construed as creating obligations.',
    source: treaty,
  },
  {
    name: 'en.no-binding-effect',
    pattern: 'does/do/is/are not ..6 binding/obligations/obligation/rights',
    where: 'sentence',
    example: 'This Statement does not create legally binding obligations.',
    source: treaty,
  },
  {
    name: 'en.of-the-text-itself',
    pattern: 'this/the/these @modifier* @self-text and? its? annexes? @adverb* shall/will/may/must/is/are/should',
    where: 'start',
    example: 'This Agreement shall enter into force on the date of its signature.',
    source: treaty,
  },
  {
    name: 'en.permission',
    pattern: '@affirm.finite/@welcome.finite/@agree.finite that ..6 may/might/could/can',
    where: 'head',
    example: 'The parties note that each of them may withdraw.',
    source: 'voluntary hedges',
  },
  {
    name: 'en.prediction',
    pattern: 'will @adverb* @predictive/need/have/see/visit/help/bring/lead/mean/cost',
    where: 'head',
    example: 'China will become the largest market for smart cards.',
    source: news,
  },
  {
    name: 'en.right',
    pattern: 'shall/will @adverb* have/retain/enjoy the right/option/freedom/possibility',
    where: 'head',
    example: 'The parties shall have the right to inspect the log.',
    source: treaty,
  },
  {
    name: 'en.will-be',
    pattern:
      'will @adverb* not? be the/a/an/able/more/less/among/up/down/back/happy/ready/good/bad/difficult/hard/easy/enough',
    where: 'head',
    example: 'China will be the largest market.',
    source: news,
  },
  {
    name: 'en.how',
    pattern: 'how/why/what/where/who',
    where: 'before',
    example: 'The text leaves open how the parties will pay.',
    source: news,
  },
]
