// What mails say, in both languages: that there is something to look at, how much of it, and where. Never what.

import type { NoticePreferences } from '../db/notice-preferences.ts'

/** What a digest counts for one person. */
export interface DigestCounts {
  readonly unread: number
  readonly assigned: number
  /** Due within a day, or overdue. */
  readonly due: number
}

export type MailMessage = { readonly kind: 'look' | 'look-now' } | ({ readonly kind: 'digest' } & DigestCounts)

export interface Mail {
  readonly subject: string
  readonly text: string
}

type Language = NoticePreferences['language']

const words: Record<
  Language,
  {
    readonly look: Mail
    /** To whoever is on duty: it cannot wait. */
    readonly lookNow: Mail
    readonly digestSubject: string
    readonly digest: (counts: DigestCounts) => readonly string[]
    readonly where: string
    readonly end: string
  }
> = {
  en: {
    look: { subject: 'Parley: something to look at', text: 'Something has happened that concerns you.' },
    lookNow: { subject: 'Parley: look now', text: 'You are on duty, and something cannot wait.' },
    digestSubject: 'Parley: your day',
    digest: ({ assigned, due, unread }) => [
      `Requests with news: ${unread}`,
      `Assigned to you: ${assigned}`,
      `Due within a day or overdue: ${due}`,
    ],
    where: 'Look here, after signing in:',
    end: 'You can change what you are told under “Notices”.',
  },
  'zh-Hans': {
    look: { subject: 'Parley：有事项待查看', text: '有与您相关的新情况。' },
    lookNow: { subject: 'Parley：请立即查看', text: '您正在值班，有事项不容等待。' },
    digestSubject: 'Parley：每日摘要',
    digest: ({ assigned, due, unread }) => [
      `有新情况的请求：${unread} 件`,
      `分配给您的请求：${assigned} 件`,
      `一天内到期或已逾期：${due} 件`,
    ],
    where: '请登录后在此查看：',
    end: '可在“通知”页面更改接收方式。',
  },
}

/** The mail in the person's language; `console` is where the console is reached. */
export function composeMail(message: MailMessage, language: Language, console: string): Mail {
  const { digest, digestSubject, end, look, lookNow, where } = words[language]
  const compose = (subject: string, lines: readonly string[], path: string): Mail => ({
    subject,
    text: [...lines, '', where, `${console}${path}`, '', end, ''].join('\n'),
  })
  switch (message.kind) {
    case 'look':
      return compose(look.subject, [look.text], '/inbox?unread=true')
    case 'look-now':
      return compose(lookNow.subject, [lookNow.text], '/inbox')
    case 'digest':
      return compose(digestSubject, digest(message), '/inbox')
  }
}
