// What a calendar says of a deadline: which kind it is, and nothing of the request.

import type { NoticePreferences } from '../db/notice-preferences.ts'

const words = {
  en: { acknowledgement: 'acknowledgement', triage: 'first assessment', answer: 'answer', other: 'something' },
  'zh-Hans': { acknowledgement: '确认收到', triage: '初步答复', answer: '答复', other: '事项' },
} as const

/** `what` is a code of the clocks; one that has no word of its own is told as something that is due. */
export function deadlineSummary(what: string, language: NoticePreferences['language']): string {
  const known: Readonly<Record<string, string>> = words[language]
  const word = Object.hasOwn(known, what) ? known[what]! : words[language].other
  return language === 'en' ? `Parley: ${word} due` : `Parley：${word}到期`
}
