// English words that change what is owed, and words that begin a condition.

import type { ConditionRule, QualifierRule } from '../rule.ts'

const field = 'DOMAIN 2.1: qualifiers that change obligation'
const treaty = 'usual treaty English'

export const englishQualifierRules: readonly QualifierRule[] = [
  {
    code: 'as-appropriate',
    pattern: 'as/where/when/if deemed? appropriate',
    example: 'provide updates, as appropriate',
    source: field,
  },
  { code: 'as-appropriate', pattern: 'as necessary/required/needed', example: 'as necessary', source: treaty },
  {
    code: 'where-necessary',
    pattern: 'where/when/if/whenever necessary/needed/required',
    example: 'where necessary, at short notice',
    source: treaty,
  },
  {
    code: 'where-possible',
    pattern: 'where/wherever/whenever/if/when possible/practicable/feasible',
    example: 'notify, wherever possible, changes',
    source: treaty,
  },
  {
    code: 'where-possible',
    pattern: 'as far/much as possible/practicable/feasible',
    example: 'as far as possible',
    source: treaty,
  },
  {
    code: 'where-possible',
    pattern: 'to the fullest/greatest/maximum/extent extent? possible/practicable/feasible',
    example: 'to the extent possible',
    source: treaty,
  },
  {
    code: 'consistent-with-law',
    pattern:
      'consistent/consistently/accordance/conformity/compliance/compatible with/to ..4 law/laws/legislation/regulations/obligations',
    example: 'consistent with national laws',
    source: field,
  },
  {
    code: 'consistent-with-law',
    pattern: 'to the extent permitted/allowed/possible? by/under ..3 law/laws/legislation',
    example: 'to the extent permitted by its law',
    source: treaty,
  },
  {
    code: 'consistent-with-law',
    pattern: 'as far/soon as ..8 law/laws/obligations/legislation',
    example: 'as far as their own laws allow',
    source: 'agreements/us-cn-2015/text.mechanism.en.txt',
  },
  {
    code: 'consistent-with-law',
    pattern: 'subject/pursuant to ..3 law/laws/legislation',
    example: 'subject to their domestic law',
    source: treaty,
  },
  {
    code: 'consistent-with-law',
    pattern: 'within the limits/framework/bounds of ..3 law/laws/legislation',
    example: 'within the limits of their law',
    source: treaty,
  },
  {
    code: 'unnecessarily',
    pattern: 'unnecessarily/unnecessary/undue/unduly',
    example: 'not impose restrictions unnecessarily',
    source: field,
  },
  {
    code: 'knowingly',
    pattern: 'knowingly/wilfully/willfully/deliberately/intentionally',
    example: 'conduct or knowingly support',
    source: field,
  },
  {
    code: 'with-intent',
    pattern: 'with the intent/intention/aim/purpose/view of/to',
    example: 'with the intent of providing competitive advantages',
    source: field,
  },
  {
    code: 'generally-applicable',
    pattern: 'generally applicable',
    example: 'generally applicable measures',
    source: field,
  },
  {
    code: 'endeavour',
    pattern: 'endeavour/endeavor/endeavours/endeavours/attempt/strive to',
    example: 'will endeavour to answer',
    source: treaty,
  },
  {
    code: 'endeavour',
    pattern: 'best/reasonable/every effort/efforts/endeavours/endeavors',
    example: 'use best efforts',
    source: treaty,
  },
  { code: 'should', pattern: 'should', example: 'measures should be consistent', source: field },
]

export const englishConditionRules: readonly ConditionRule[] = [
  { name: 'en.subject-to', pattern: 'subject to', example: 'subject to available resources' },
  {
    name: 'en.in-accordance-with',
    pattern: 'in accordance/conformity/compliance/line with',
    example: 'in accordance with their laws',
  },
  { name: 'en.consistent-with', pattern: 'consistent with', example: 'consistent with national law' },
  { name: 'en.to-the-extent', pattern: 'to the extent', example: 'to the extent permitted by its law' },
  { name: 'en.as-far-as', pattern: 'as far as', example: 'as far as their own laws allow' },
  { name: 'en.provided-that', pattern: 'provided that', example: 'provided that the request is complete' },
  { name: 'en.on-condition', pattern: 'on/upon condition that', example: 'on condition that it is kept confidential' },
  { name: 'en.upon-request', pattern: 'upon/on ..1 request', example: 'upon request' },
  {
    name: 'en.when',
    pattern: 'if/unless/when/where/whenever @not? ..1 one/a/an/the/either/any/requested/asked/such/so',
    example: 'when one of them asks the other',
  },
  { name: 'en.on-the-basis', pattern: 'on the basis of', example: 'on the basis of reciprocity' },
  { name: 'en.in-the-event', pattern: 'in the event/case of/that', example: 'in the event of an incident' },
  { name: 'en.without-prejudice', pattern: 'without prejudice to', example: 'without prejudice to their law' },
  {
    name: 'en.within-limits',
    pattern: 'within the limits/framework/scope/bounds of',
    example: 'within the limits of their law',
  },
]
