// Renderings that are known to drift: English words, the Chinese that says the same, and Chinese seen in published texts that says
// something else. A hit is a question for the people who hold both texts, never a verdict on either.

export interface Drift {
  readonly name: string
  readonly english: readonly string[]
  readonly faithful: readonly string[]
  readonly drifting: readonly string[]
  readonly reason: { readonly en: string; readonly 'zh-Hans': string }
  readonly source: string
}

const published =
  'DOMAIN 2.2: Chinese texts of the 2015 outcomes as published (mingpaocanada.com 2015-09-28; news.fjsen.com 2015-11-30)'

export const drifts: readonly Drift[] = [
  {
    name: 'narrowly-tailored',
    english: ['narrowly tailored'],
    faithful: ['严格限定范围', '范围严格限定', '限定在必要范围'],
    drifting: ['小范围'],
    reason: {
      en: '“Used only in a small scope” limits where a measure is used; “narrowly tailored” limits how it is made.',
      'zh-Hans': '“仅用于小范围”限定措施的使用场合，“narrowly tailored”限定措施本身的设计。',
    },
    source: published,
  },
  {
    name: 'intelligence-community',
    english: ['intelligence community'],
    faithful: ['情报界'],
    drifting: ['情报委员会'],
    reason: {
      en: 'The Intelligence Community is a set of agencies and no committee.',
      'zh-Hans': '“Intelligence Community”指多个情报机构的总称，并非委员会。',
    },
    source: published,
  },
  {
    name: 'escalation',
    english: ['escalation of issues', 'be escalated', 'escalate issues'],
    faithful: ['升级处理', '提交上级', '逐级上报'],
    drifting: ['问题升级'],
    reason: {
      en: 'To escalate an issue is to take it to a higher level; the Chinese can be read as an issue that grows worse.',
      'zh-Hans': '“escalation”指将问题提交更高层级处理，中文可理解为问题恶化。',
    },
    source: published,
  },
  {
    name: 'nationality',
    english: ['nationality-based', 'based on nationality'],
    faithful: ['基于国籍'],
    drifting: ['基于国别'],
    reason: {
      en: '“By country” may be read as the origin of the product; “nationality” is that of who makes or sells it.',
      'zh-Hans': '“国别”可指产品来源国，“nationality”指生产者或销售者的国籍。',
    },
    source: published,
  },
]
