// An act while it is being written: its coded fields and its texts, and how they become what the node is asked to record.
// Pure: it holds no keys, no clock and nothing of the page.

import type { DataValue } from '@parley/api'
import { checkShape, findType, listGiven, refuseText } from '@parley/mechanism'
import type { Attachment } from './body-text.ts'

export type Json = DataValue

export interface DraftText {
  readonly language: string
  readonly text: string
}

export interface ActDraft {
  /** Fields by name; undefined while not filled in. */
  readonly values: Readonly<Record<string, Json | undefined>>
  readonly original: DraftText
  /** Absent until somebody adds one. */
  readonly translation: DraftText | undefined
  /** Particulars by their code. */
  readonly particulars: Readonly<Record<string, string>>
  /** What goes along with the text. */
  readonly attachments: readonly Attachment[]
}

/** What is sent to the node. */
export interface ReadyAct {
  readonly type: string
  readonly subject?: string
  readonly data: Record<string, Json>
  readonly body?: {
    readonly v: 1
    readonly texts: { language: string; text: string; role: 'original' | 'translation' }[]
    readonly fields?: Record<string, string>
    readonly attachments?: { name: string; media: string; bytes: number; digest: string; item?: string }[]
  }
  readonly exercise?: true
}

/** A fault by where it is: a JSON pointer into the data, or `original`, `translation`. */
export interface DraftFault {
  readonly pointer: string
  /** A reason of the mechanism. */
  readonly code: string
}

export type Prepared =
  | { readonly kind: 'ready'; readonly act: ReadyAct }
  | { readonly kind: 'faulty'; readonly faults: readonly DraftFault[] }

/** The other of the two languages that the console writes in. */
export function otherLanguage(language: string): string {
  return language === 'en' ? 'zh-Hans' : 'en'
}

export function emptyDraft(language: string): ActDraft {
  return { values: {}, original: { language, text: '' }, translation: undefined, particulars: {}, attachments: [] }
}

/** The acts that say by code which particulars their body gives, so that both sides compute what is missing. */
export const declaring: ReadonlySet<string> = new Set(['request.opened', 'request.supplemented'])

/** Drops what is not filled in, inside objects and lists of them too; scalars stay as they are. */
export function dropEmpty(values: Readonly<Record<string, unknown>>): Record<string, Json> {
  const kept: Record<string, Json> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) kept[name] = dropInside(value)
  return kept
}

function dropInside(value: unknown): Json {
  if (Array.isArray(value)) return value.map(dropInside)
  const isObject = typeof value === 'object' && value !== null
  return isObject ? dropEmpty(value as Record<string, unknown>) : (value as Json)
}

/** What the rules will refuse whatever the state is, said before anything is sent, under the rules' own codes. */
function refuseEarly(type: string, data: Readonly<Record<string, Json>>, written: boolean): DraftFault[] {
  const { earlier, outcome, relation, urgency, urgencyGrounds } = data
  if (urgency !== undefined && urgency !== 'ordinary' && urgencyGrounds === undefined) {
    return [{ pointer: '/urgencyGrounds', code: 'request.urgency-ground-missing' }]
  }
  if (relation !== undefined && relation !== 'new' && earlier === undefined) {
    return [{ pointer: '/earlier', code: 'request.earlier-missing' }]
  }
  const answered =
    type === 'request.answered' && outcome !== undefined && outcome !== 'nothing-found' && outcome !== 'not-held'
  return answered && !written ? [{ pointer: 'original', code: 'request.answer-without-body' }] : []
}

/** Checks a draft by the mechanism's shape of its type and makes the act of it. */
export function prepareAct(
  type: string,
  draft: ActDraft,
  place: { readonly subject?: string; readonly exercise: boolean; readonly fixed?: Readonly<Record<string, Json>> },
): Prepared {
  const entryType = findType(type)
  if (entryType === undefined) return { kind: 'faulty', faults: [{ pointer: '', code: 'shape.type' }] }
  const given = declaring.has(type) ? listGiven(draft.particulars) : []
  const declared = given.length === 0 ? {} : { particulars: [...given] }
  const data = { ...dropEmpty(draft.values), ...declared, ...place.fixed }
  const checked = checkShape(entryType.shape, data)
  const faults: DraftFault[] =
    checked.kind === 'refused' ? checked.reasons.map(({ code, pointer }) => ({ code, pointer })) : []

  const written = draft.original.text.trim() !== ''
  const fields = Object.fromEntries(Object.entries(draft.particulars).filter(([, text]) => text.trim() !== ''))
  const { attachments } = draft
  const wanted = written || draft.translation !== undefined || Object.keys(fields).length > 0 || attachments.length > 0
  if (entryType.body === 'required' || wanted) {
    const refusal = refuseText(draft.original.text)
    if (refusal !== undefined) faults.push({ pointer: 'original', code: refusal })
    const translated = draft.translation === undefined ? undefined : refuseText(draft.translation.text)
    if (translated !== undefined) faults.push({ pointer: 'translation', code: translated })
  }
  faults.push(...refuseEarly(type, data, written))
  if (faults.length > 0) return { kind: 'faulty', faults }

  const { original, translation } = draft
  const texts = [{ ...original, role: 'original' as const }]
  const all = translation === undefined ? texts : [...texts, { ...translation, role: 'translation' as const }]
  return {
    kind: 'ready',
    act: {
      type,
      ...(place.subject === undefined ? {} : { subject: place.subject }),
      data,
      ...(entryType.body !== 'none' && wanted
        ? {
            body: {
              v: 1,
              texts: all,
              ...(Object.keys(fields).length > 0 ? { fields } : {}),
              ...(attachments.length > 0 ? { attachments: attachments.map((one) => ({ ...one })) } : {}),
            },
          }
        : {}),
      ...(place.exercise ? { exercise: true } : {}),
    },
  }
}
