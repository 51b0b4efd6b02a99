// What a draft says, between the form of an act and the node that keeps it. Nothing is checked here: a draft may be as
// unfinished as it is. Pure.

import type { DraftView } from '@parley/api'
import { findType } from '@parley/mechanism'
import { declaring, dropEmpty, emptyDraft } from '../requests/act-draft.ts'
import type { ActDraft, Json } from '../requests/act-draft.ts'
import { readBody } from '../requests/body-text.ts'

export type DraftContent = Pick<DraftView, 'data'> & Partial<Pick<DraftView, 'body' | 'exercise'>>

/** The draft as the node keeps it. `fixed` are fields that are not the person's to choose. */
export function writeContent(type: string, draft: ActDraft, fixed: Readonly<Record<string, Json>>): DraftContent {
  const { attachments, original, particulars, translation, values } = draft
  const data = { ...dropEmpty(values), ...fixed }
  if (findType(type)?.body === 'none') return { data }
  const texts = [
    { ...original, role: 'original' },
    ...(translation === undefined ? [] : [{ ...translation, role: 'translation' }]),
  ]
  return {
    data,
    body: {
      v: 1,
      texts,
      ...(Object.keys(particulars).length === 0 ? {} : { fields: particulars }),
      ...(attachments.length === 0 ? {} : { attachments: attachments.map((attachment) => ({ ...attachment })) }),
    },
  }
}

/** The form of what the node keeps. `language` is that of a text nobody has begun. */
export function readContent({ body, data }: DraftContent, type: string, language: string): ActDraft {
  const { particulars: _declared, ...rest } = data
  const draft = { ...emptyDraft(language), values: declaring.has(type) ? rest : data }
  if (body === undefined) return draft
  const { attachments, fields, texts } = readBody(body)
  const [original, translation] = (['original', 'translation'] as const).map((role) =>
    texts.find((text) => text.role === role),
  )
  return {
    ...draft,
    original: original === undefined ? draft.original : { language: original.language, text: original.text },
    translation: translation === undefined ? undefined : { language: translation.language, text: translation.text },
    particulars: Object.fromEntries(fields),
    attachments,
  }
}

/** Whether two contents say the same, in whatever order. */
export function isSameContent(a: DraftContent, b: DraftContent): boolean {
  const text = ({ body, data }: DraftContent) => JSON.stringify({ data, body }, sortNames)
  return text(a) === text(b)
}

function sortNames(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The fields of a draft that are not the person's to choose: they were given to it, or leave no choice. */
export function fixedOf(type: string, data: DraftView['data'], others: readonly string[]): Record<string, Json> {
  const [only] = others
  if (type === 'request.opened' && only !== undefined && others.length === 1) return { to: only }
  if (type !== 'agreement.adopted') return {}
  return Object.fromEntries(Object.entries(data).filter(([name]) => name === 'pack' || name === 'replaces'))
}
