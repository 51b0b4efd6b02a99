// Chinese words that make a statement no commitment: reports of talks, hedges, hypotheses, history, definitions, what a text
// says of itself, what outsiders think.

import type { PassingRule } from '../rule.ts'

const news = '新闻报道'
const treaty = '通用条约用语'
const performative = [
  'zh.agree',
  'zh.commit',
  'zh.decide',
  'zh.affirm',
  'zh.welcome',
  'zh.reach',
  'zh.agree-that',
  'zh.said-will',
]

export const chinesePassingRules: readonly PassingRule[] = [
  { name: 'zh.question', pattern: '？/?/吗', where: 'sentence', example: '双方会承诺暂停吗？', source: news },
  {
    name: 'zh.outsiders-think',
    pattern:
      '分析人士/观察人士/批评者/评论人士/消息人士/知情人士/业内人士/分析师/学者/媒体/经济学家/研究人员/批评人士/观察家/外界/智库/分析认为 ..6 称/认为/说/怀疑/指出/预计/表示/担心/质疑/报道/相信/预测',
    where: 'sentence',
    example: '分析人士称，两国将难以就共同文本达成一致。',
    source: news,
  },
  {
    name: 'zh.outsider',
    pattern: '公司/企业/该公司/总统/总理/发言人/董事长/运营商/市场/行业协会/股价',
    where: 'before',
    example: '该公司同意支付罚款。',
    source: news,
  },
  {
    name: 'zh.person-said',
    pattern: '" ..8 说/表示/称 @adverb* 。',
    where: 'sentence',
    example: '“我们将继续争取市场准入，”某行业协会负责人说。',
    source: news,
  },
  {
    name: 'zh.failed',
    pattern: '未能/未/尚未/没有/拒绝/难以/无法/并未/从未/不愿/未曾',
    where: 'before',
    example: '双方未能就演练范围达成一致。',
    source: news,
  },
  {
    name: 'zh.hypothesis',
    pattern: '如/若/如果/倘若/假如/一旦/除非/即使/是否/如何/何时/为何/能否',
    where: 'before',
    example: '如双方同意延长期限，日程相应调整。',
    source: treaty,
  },
  {
    name: 'zh.hope',
    pattern: '希望/期待/期望/预计/预期/有望/鼓励/建议/呼吁/敦促/提议/倡议/盼望',
    where: 'before',
    example: '预计谈判代表将在周五前商定文本。',
    source: news,
  },
  {
    name: 'zh.may',
    pattern: '可/可以/可能/或可/有权/或将/不妨',
    where: 'before',
    example: '双方可以同意延长期限。',
    source: '自愿性表述',
  },
  {
    name: 'zh.history',
    pattern: '曾/曾于/曾经/此前/早在/先前/原先/当时/过去',
    where: 'before',
    example: '两国政府曾于2011年同意设立类似线路。',
    source: news,
  },
  {
    name: 'zh.recalled',
    pattern: '回顾/忆及/违反/违背/背离',
    where: 'before',
    example: '双方回顾了2015年作出的承诺。',
    source: news,
  },
  {
    name: 'zh.of-the-text-itself',
    pattern: '本协定/本协议/本备忘录/本谅解备忘录/本安排/本声明/本条约/本公约/本文件/本议定书/本公报',
    where: 'start',
    except: performative,
    example: '本协定自签署之日起生效。',
    source: treaty,
  },
  {
    name: 'zh.not-construed',
    pattern: '不得/不应 解释/视/理解 为?',
    where: 'sentence',
    example: '本备忘录的任何内容均不得解释为产生义务。',
    source: treaty,
  },
  {
    name: 'zh.definition',
    pattern: '是指/系指/定义为',
    where: 'sentence',
    example: '“计算机数据”是指对事实的任何表述。',
    source: treaty,
  },
  {
    name: 'zh.prediction',
    pattern:
      '将/将会 @adverb* 成为/增长/达到/超过/面临/受益/下降/上升/访问/抵达/前往/出席/难以/以/是/失去/迎来/导致/带来',
    where: 'head',
    example: '中国将成为最大的智能卡市场。',
    source: news,
  },
]
