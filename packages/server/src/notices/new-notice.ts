// A notice as it is put: to whom, by which way, and an id by which a repetition can be told from news.

import type { NoticePreferences } from '../db/notice-preferences.ts'
import type { Notice } from '../db/notices.ts'
import type { ParleyNode } from '../node.ts'
import type { MailMessage } from './mail-words.ts'

/** One person gets one mail about everything that happens within this time. */
const gatherMilliseconds = 60_000

export type NewNotice = Pick<Notice, 'id' | 'way' | 'target' | 'message' | 'created'>

/** `about` makes it a notice of its own; without it, it is one with whatever else happens in the minute. */
export function mailNotice(node: ParleyNode, { account }: NoticePreferences, ...about: readonly string[]): NewNotice {
  const now = node.clock()
  const message: MailMessage = { kind: about.length === 0 ? 'look' : 'look-now' }
  const parts = about.length === 0 ? [String(Math.floor(now / gatherMilliseconds))] : about
  const id = noticeId(node, 'look', account, ...parts)
  return { id, way: 'mail', target: account, message: JSON.stringify(message), created: now }
}

export function webhookNotice(node: ParleyNode, webhook: string, ...about: readonly string[]): NewNotice {
  const id = noticeId(node, 'webhook', webhook, ...about)
  return { id, way: 'webhook', target: webhook, message: '{"kind":"look"}', created: node.clock() }
}

/** The same for the same notice. */
export function noticeId({ crypto }: ParleyNode, ...parts: readonly string[]): string {
  return crypto
    .sha256(new TextEncoder().encode(parts.join('\n')))
    .toHex()
    .slice(0, 32)
}
