// The words of the pages about people, in the language of the moment.

import { createPageWords } from '../i18n/page-words.tsx'

export const PeopleWords = createPageWords({
  en: async () => (await import('../i18n/en/people.ts')).people,
  'zh-Hans': async () => (await import('../i18n/zh-hans/people.ts')).people,
})
