// The custody of an item as text for people: what it is, what each party says of its copy, what was done and when. SPEC.md
// [EV10] rules it. It proves nothing; the certificate does.

import type { WordLanguage } from '../words/words.ts'
import type { EvidenceState } from './view.ts'

/** What is said of one act, whether it comes from a node's answer or out of a certificate. */
export interface CustodyDeed {
  readonly party: string
  readonly type: string
  /** Unix milliseconds, by its author's clock. */
  readonly at: number
  readonly data: Readonly<Record<string, unknown>>
}

export interface CustodyAccount {
  /** The digest of the item's first entry. */
  readonly item: string
  readonly state: Pick<
    EvidenceState,
    'bytes' | 'ciphertext' | 'commitment' | 'custody' | 'from' | 'handling' | 'media' | 'request'
  >
  readonly acts: readonly CustodyDeed[]
}

/** Words of the text beside those of codes, types and fields: no page needs them before somebody reads a certificate. */
const headings = {
  en: {
    title: 'Certificate of custody',
    custody: 'What each party says of its own copy',
    acts: 'What was done, each time by its author’s clock',
    check: 'This text is for reading and proves nothing. The certificate, a JSON file, is checked with: parley verify',
  },
  'zh-Hans': {
    title: '保管证明',
    custody: '各方对所持副本的说明',
    acts: '处置经过（时间以作者的时钟为准）',
    check: '本文本仅供阅读，不构成证明。证明本身为 JSON 文件，核验命令：parley verify',
  },
} as const satisfies Record<WordLanguage, Readonly<Record<string, string>>>

/** The fields of an act that are told, with the list that their codes are of; an empty one is told as it stands. */
const told = [
  ['to', ''],
  ['purpose', 'custodyPurpose'],
  ['ground', 'erasureGround'],
  ['rule', ''],
  ['conditions', 'condition'],
  ['confirm', ''],
] as const

/** `word` gives the word for a key in the language; `moment` writes a time in full, with its zone. */
export function formatCustodyText(
  { acts, item, state }: CustodyAccount,
  language: WordLanguage,
  word: (key: string) => string,
  moment: (at: number) => string,
): string {
  const fact = (field: string, value: string): string => `  ${word(`field.${field}`)}: ${value}`
  const values = (value: unknown, list: string): string =>
    [value]
      .flat()
      .map((one) => (list === '' ? String(one) : word(`${list}.${String(one)}`)))
      .join('; ')
  return [
    headings[language].title,
    fact('entry', item),
    fact('from', state.from),
    fact('media', word(`evidenceMedia.${state.media}`)),
    fact('handling', word(`handling.${state.handling}`)),
    fact('bytes', String(state.bytes)),
    `  SHA-256: ${state.ciphertext}`,
    fact('commitment', state.commitment),
    ...(state.request === undefined ? [] : [fact('request', state.request)]),
    '',
    headings[language].custody,
    ...state.custody.map(({ party, status }) => `  ${party}: ${word(`custodyStatus.${status}`)}`),
    '',
    headings[language].acts,
    ...acts.flatMap(({ at, data, party, type }) => [
      `  ${moment(at)}  ${party}  ${word(`type.${type}`)}`,
      ...told.flatMap(([field, list]) =>
        data[field] === undefined ? [] : [`    ${word(`field.${field}`)}: ${values(data[field], list)}`],
      ),
    ]),
    '',
    headings[language].check,
    '',
  ].join('\n')
}
