// The words of the pages of evidence, in the language of the moment.

import { createPageWords } from '../i18n/page-words.tsx'

export const EvidenceWords = createPageWords({
  en: async () => (await import('../i18n/en/evidence.ts')).evidence,
  'zh-Hans': async () => (await import('../i18n/zh-hans/evidence.ts')).evidence,
})
