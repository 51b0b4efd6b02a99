// What a body says, once this node has opened it: its texts as paragraphs, and the title that is its first line.

import type { ActView, OpenedBody } from '@parley/api'
import { useQuery } from '@tanstack/react-query'
import { view } from '../data/queries.ts'

export interface BodyTextOf {
  readonly language: string
  readonly text: string
  readonly role: 'original' | 'translation'
  readonly by?: string
}

/** What goes along with a text: a file by its name, what its author says it is, its length in bytes and its digest. */
export interface Attachment {
  readonly name: string
  readonly media: string
  readonly bytes: number
  readonly digest: string
  /** The item of evidence that it is. */
  readonly item?: string
}

export interface BodyWords {
  readonly texts: readonly BodyTextOf[]
  /** Particulars by their code. */
  readonly fields: readonly (readonly [code: string, text: string])[]
  readonly attachments: readonly Attachment[]
  readonly names: readonly { readonly name: string; readonly as: string; readonly language?: string }[]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads an opened body; what it does not understand is left out, and the page shows the rest. */
export function readBody(plaintext: OpenedBody['plaintext']): BodyWords {
  const { attachments, texts, fields, names } = plaintext
  return {
    texts: (Array.isArray(texts) ? texts : []).flatMap((item): BodyTextOf[] => {
      if (!isObject(item) || typeof item['text'] !== 'string' || typeof item['language'] !== 'string') return []
      const { language, text, by } = item
      const role = item['role'] === 'translation' ? 'translation' : 'original'
      return [{ language, text, role, ...(typeof by === 'string' ? { by } : {}) }]
    }),
    fields: isObject(fields)
      ? Object.entries(fields).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      : [],
    attachments: (Array.isArray(attachments) ? attachments : []).flatMap(readAttachment),
    names: (Array.isArray(names) ? names : []).flatMap((item) =>
      isObject(item) && typeof item['name'] === 'string' && typeof item['as'] === 'string'
        ? [
            {
              name: item['name'],
              as: item['as'],
              ...(typeof item['language'] === 'string' ? { language: item['language'] } : {}),
            },
          ]
        : [],
    ),
  }
}

function readAttachment(item: unknown): Attachment[] {
  if (!isObject(item)) return []
  const { bytes, digest, item: evidence, media, name } = item
  if (typeof name !== 'string' || typeof media !== 'string') return []
  if (typeof bytes !== 'number' || typeof digest !== 'string') return []
  return [{ name, media, bytes, digest, ...(typeof evidence === 'string' ? { item: evidence } : {}) }]
}

export interface Title {
  readonly text: string
  readonly language: string
}

function firstLine(text: BodyTextOf | undefined): Title | undefined {
  const line = text?.text.split('\n', 1)[0]?.trim()
  return text === undefined || line === undefined || line === '' ? undefined : { text: line, language: text.language }
}

/** The first line of the original. */
export function titleOf(body: BodyWords): Title | undefined {
  return firstLine(body.texts.find(({ role }) => role === 'original') ?? body.texts[0])
}

/** The first line of a translation into the language, if there is one. */
export function translatedTitleOf(body: BodyWords, language: string): Title | undefined {
  return firstLine(body.texts.find((text) => text.role === 'translation' && text.language === language))
}

/** The body of an act, if this node has opened it. */
export function useBody(act: ActView | undefined) {
  const opened = act?.body?.state === 'opened'
  return useQuery({
    ...view('openBody', { params: { digest: act?.body?.digest ?? '' } }),
    enabled: opened,
    select: (body: OpenedBody) => readBody(body.plaintext),
    staleTime: Infinity,
  })
}

/** The title that an act's body gives, and its translation into the language of the page. */
export function useActTitle(
  act: ActView | undefined,
  language: string,
): readonly [Title | undefined, Title | undefined] {
  const { data } = useBody(act)
  return data === undefined ? [undefined, undefined] : [titleOf(data), translatedTitleOf(data, language)]
}
