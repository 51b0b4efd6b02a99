// The Chinese lexicon, made once: the word lists, and every word that a rule names, so that the text is split at them.

import { createLexicon } from '../words/lexicon.ts'
import { chineseOperativeRules } from './operative-rules.ts'
import { chinesePassingRules } from './passing-rules.ts'
import { chineseConditionRules, chineseQualifierRules } from './qualifier-rules.ts'
import { chineseWords } from './words.ts'

const patterns = [...chineseOperativeRules, ...chinesePassingRules, ...chineseQualifierRules, ...chineseConditionRules]
  .map(({ pattern }) => pattern)
  .join(' ')
  .split(/[ /]/)
  .map((part) => part.replace(/[?*]$/, ''))
  .filter((part) => /^[\u4e00-\u9fff]+$/u.test(part))
  .join(' ')

const more = '范围 前提 基础 条件 框架 内 下 上 法律 国内法 法律法规 法规 国际义务 后 的 请求 解释 为 收到'

export const chineseLexicon = createLexicon({ ...chineseWords, named: `${patterns} ${more}` })
