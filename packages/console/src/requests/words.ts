// The words of a case's page and of its drafts, in the language of the moment.

import { createPageWords } from '../i18n/page-words.tsx'

export const CaseWords = createPageWords({
  en: async () => (await import('../i18n/en/case.ts')).caseWords,
  'zh-Hans': async () => (await import('../i18n/zh-hans/case.ts')).caseWords,
})
