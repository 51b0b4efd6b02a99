// Chinese words that change what is owed, and words that begin a condition.

import type { ConditionRule, QualifierRule } from '../rule.ts'

const field = 'DOMAIN 2.1'
const treaty = '通用条约用语'

export const chineseQualifierRules: readonly QualifierRule[] = [
  {
    code: 'as-appropriate',
    pattern: '酌情/视情/视情况/适当时/适当情况下/适时',
    example: '酌情通报进展',
    source: field,
  },
  { code: 'where-necessary', pattern: '必要时/如有必要/在必要时/需要时', example: '必要时可临时召开', source: treaty },
  {
    code: 'where-possible',
    pattern: '尽可能/在可能的情况下/可行时/尽量/在可行范围内/最大限度',
    example: '尽可能通报规则的变化',
    source: treaty,
  },
  {
    code: 'consistent-with-law',
    pattern: '在/符合/依照/根据/遵守/按照/依据/依 ..6 法律/国内法/法律法规/法规/国际义务',
    example: '在符合本国法律的前提下',
    source: field,
  },
  { code: 'consistent-with-law', pattern: '依法', example: '依法提供协助', source: treaty },
  { code: 'unnecessarily', pattern: '不必要/不必要地/不必要的/不当', example: '不应不必要地限制贸易', source: field },
  { code: 'knowingly', pattern: '蓄意/明知/故意/知情/有意识地', example: '在知情情况下支持', source: field },
  { code: 'with-intent', pattern: '意图/以期/目的/企图', example: '意图使本国企业获得竞争优势', source: field },
  { code: 'generally-applicable', pattern: '普遍适用', example: '普遍适用的措施', source: field },
  { code: 'endeavour', pattern: '尽力/努力/力求/力争/尽最大努力', example: '应尽力在八小时内答复', source: treaty },
]

export const chineseConditionRules: readonly ConditionRule[] = [
  { name: 'zh.within', pattern: '在 ..14 范围/前提/基础/情况/条件/框架 内/下/上', example: '在其法律允许的范围内' },
  { name: 'zh.according-to', pattern: '根据/依照/按照/依据/遵照', example: '根据本安排' },
  { name: 'zh.if', pattern: '如/若/如果/倘若/除非/一旦', example: '如一方提出请求' },
  { name: 'zh.upon-request', pattern: '应请求/依请求/经请求/应 ..8 请求', example: '依请求提供建议' },
  { name: 'zh.depending', pattern: '视', example: '视资源情况' },
  { name: 'zh.without-prejudice', pattern: '不影响/不妨碍', example: '不影响各自法律' },
  { name: 'zh.whenever', pattern: '凡', example: '凡就恶意网络活动请求提供信息的' },
]
