// The criteria under which the words of a measure can raise a question: test sets for the outcomes S2 to S7 of the agreement of 2015.

export const screeningCriteria = [
  /** S2: conditions for trade and investment. */
  'trade-restriction',
  /** S3: open, transparent, market-driven, balanced standards. */
  'standards',
  /** S4: no enforcement for industrial policy. */
  'competition',
  /** S5: no unnecessary conditions of nationality on purchase, sale or use. */
  'nationality',
  /** S5: where data and servers must be. */
  'localisation',
  /** S5: narrowly tailored. */
  'broad-scope',
  /** S6: meaningful consultation. */
  'consultation',
  /** S7: technology transfer as a condition of business. */
  'technology-transfer',
  /** S7: source code, algorithms and keys. */
  'source-code',
] as const
export type ScreeningCriterion = (typeof screeningCriteria)[number]

/** Why a question is raised, in both languages. */
export const screeningReasons: Readonly<
  Record<ScreeningCriterion, { readonly en: string; readonly 'zh-Hans': string }>
> = {
  'trade-restriction': {
    en: 'A limit or prior approval on imports or investment may restrict two-way trade.',
    'zh-Hans': '对进口或投资的限制或事先批准可能限制双向贸易。',
  },
  standards: {
    en: 'A standard that is closed to others or sets aside international ones may not be open, market-driven and balanced.',
    'zh-Hans': '不对他方开放或排斥国际标准的标准，可能不符合公开、市场驱动和平衡的要求。',
  },
  competition: {
    en: 'Enforcement that serves an industry may pursue goals of industrial policy.',
    'zh-Hans': '服务于特定产业的执法可能追求产业政策目标。',
  },
  nationality: {
    en: 'A condition by nationality, origin or capital on purchase, sale or use may be unnecessary or discriminatory.',
    'zh-Hans': '基于国籍、原产地或资本来源对购买、销售或使用设置的条件，可能不必要或具有歧视性。',
  },
  localisation: {
    en: 'A duty to keep data or servers in the territory may be wider than its aim needs.',
    'zh-Hans': '将数据或服务器留在境内的义务可能超出实现目的所需。',
  },
  'broad-scope': {
    en: 'Words without a limit may not be narrowly tailored.',
    'zh-Hans': '没有限度的措辞可能不符合严格限定范围的要求。',
  },
  consultation: {
    en: 'Little or no time before it applies, or for comments, may leave no meaningful consultation.',
    'zh-Hans': '施行前或征求意见的时间过短或没有，可能无法进行有意义的磋商。',
  },
  'technology-transfer': {
    en: 'Technology or rights may be demanded as a condition of doing business.',
    'zh-Hans': '可能以转让技术或权利作为开展业务的条件。',
  },
  'source-code': {
    en: 'Source code, algorithms or keys may have to be handed over.',
    'zh-Hans': '可能要求交出源代码、算法或密钥。',
  },
}
