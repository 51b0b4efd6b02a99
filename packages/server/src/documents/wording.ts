// The words that stand in documents besides those of the mechanism, in each language.

import type { WordLanguage } from '@parley/mechanism'

const en = {
  acts: 'What was said',
  agreement: 'Agreement',
  approvedBy: 'Approved by',
  by: 'by',
  caseFile: 'Case file',
  channel: 'Channel',
  claimed: 'Time claimed by its author',
  commitment: 'Digest of the agreement',
  cosigned: 'Cosigned by',
  cut: 'Digest of the cut',
  erased: 'The text was erased; the entry that committed to it stands.',
  evidence: 'Received by the other side, by its clock',
  exercise: 'EXERCISE',
  figures: 'What this is computed from',
  handling: 'Handling',
  head: 'Under the signed head of',
  index: 'Entry {index} of the log',
  leaf: 'Digest of the entry',
  mismatch: 'The text does not match what the entry commits to, and is not shown.',
  missing: 'The text is not held here.',
  names: 'Names',
  none: 'none',
  notProven: 'No signed head covers this entry yet.',
  original: 'original',
  page: 'Page {page} of {pages}',
  particulars: 'Particulars',
  parties: 'Parties',
  proof: 'Proofs',
  proofLead:
    'Each entry is a leaf of the append-only log of its author. The digest, the place in the log and a head signed by the author prove it; a cosignature by the other side is its receipt.',
  receivedBy: '{party}, not later than {time}, by its own cosignature',
  requested: 'Requested',
  requesting: 'Requesting',
  rules: 'Digest of the rules',
  sealed: 'The text is sealed to others.',
  standing: 'Standing',
  state: 'Digest of the state',
  subject: 'Case',
  translation: 'translation',
  verify: 'Verified offline, without trusting whoever made it, by: parley verify {file}',
  yes: 'yes',
  no: 'no',
} as const

export type DocumentWord = keyof typeof en

const zhHans: Readonly<Record<DocumentWord, string>> = {
  acts: '双方陈述',
  agreement: '协议',
  approvedBy: '批准人',
  by: '译者',
  caseFile: '案卷',
  channel: '通道',
  claimed: '作者自称的时间',
  commitment: '协议文本摘要值',
  cosigned: '联署方',
  cut: '截面摘要值',
  erased: '文本已被删除；承诺该文本的条目仍然有效。',
  evidence: '对方收到时间（以对方时钟为准）',
  exercise: '演习',
  figures: '计算依据',
  handling: '处理标记',
  head: '所属已签名日志头',
  index: '日志第 {index} 条',
  leaf: '条目摘要值',
  mismatch: '文本与条目所承诺的内容不符，不予显示。',
  missing: '本节点未持有该文本。',
  names: '姓名与名称',
  none: '无',
  notProven: '尚无已签名的日志头涵盖该条目。',
  original: '原文',
  page: '第 {page} 页，共 {pages} 页',
  particulars: '具体事项',
  parties: '当事方',
  proof: '证明',
  proofLead:
    '每一条目都是其作者只增日志中的一片叶子。条目摘要值、其在日志中的位置以及作者签名的日志头共同构成证明；对方的联署即为回执。',
  receivedBy: '{party}，不晚于{time}，以其本方联署为证',
  requested: '被请求方',
  requesting: '请求方',
  rules: '规则摘要值',
  sealed: '文本以他方密钥封装，本节点无法打开。',
  standing: '状态',
  state: '案件状态摘要值',
  subject: '案件',
  translation: '译文',
  verify: '无须信任制作方即可离线验证：parley verify {file}',
  yes: '是',
  no: '否',
}

const words: Readonly<Record<WordLanguage, Readonly<Record<DocumentWord, string>>>> = { en, 'zh-Hans': zhHans }

/** The word in a language, with what stands in braces put in. */
export function documentWord(
  language: WordLanguage,
  word: DocumentWord,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return words[language][word].replace(/\{([a-z]+)\}/g, (all, name: string) => String(values[name] ?? all))
}
