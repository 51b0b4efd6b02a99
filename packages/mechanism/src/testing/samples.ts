// For tests: the least data of each type that has its shape, and a pack to adopt.

import type { CanonicalObject } from '@parley/record'
import { compilePack, type Pack } from '../pack.ts'
import type { EntryTypeName } from '../words/keys.ts'

/** A digest that stands for nothing. */
export const someDigest = 'd'.repeat(64)
/** A signature that stands for nothing. */
export const someSignature = `${'A'.repeat(86)}==`
export const packOne = '1'.repeat(64)
export const packTwo = '2'.repeat(64)

/** Data of the given shape with nothing optional in it. */
export const samples: Readonly<Record<EntryTypeName, CanonicalObject>> = {
  'agreement.adopted': { pack: packOne },
  'agreement.withdrawn': {},
  'directory.designated': office('desk'),
  'directory.amended': office('desk'),
  'directory.ended': { office: 'desk', ground: 'merged' },
  'directory.appointed': { office: 'desk', position: 'head' },
  'directory.vacated': { office: 'desk', position: 'head' },
  'directory.absent': { office: 'desk', from: 1000, until: 2000, standIn: 'lab', ground: 'leave' },
  'directory.returned': { absence: someDigest },
  'directory.rostered': {
    office: 'desk',
    weekly: [{ position: 'duty-officer', days: [1, 2], from: 480, until: 1020 }],
  },
  'directory.profiled': {
    authorities: [{ office: 'desk', competence: 'preservation' }],
    channels: ['parley'],
    languages: ['en'],
    dualCriminality: 'not-required',
    reviewBy: 1_000_000,
  },
  'directory.reviewed': { reviewBy: 2_000_000 },
  'ping.sent': { to: 'cn', contact: '24-7' },
  'ping.answered': { position: 'duty-officer' },
  'hotline.raised': { to: 'cn', level: 'working', reason: 'request-overdue', purpose: 'use' },
  'hotline.rung': { rung: 'duty-officer' },
  'hotline.unanswered': { rung: 'duty-officer' },
  'hotline.declined': { reason: 'busy' },
  'hotline.taken': { position: 'duty-officer' },
  'hotline.escalated': { rung: 'head-of-unit', ground: 'time-passed' },
  'hotline.handed': { position: 'expert' },
  'hotline.said': {},
  'hotline.closed': { outcome: 'settled' },
  'request.opened': {
    to: 'cn',
    kind: 'preservation',
    urgency: 'ordinary',
    offences: ['illegal-access'],
    languages: ['en', 'zh-Hans'],
    handling: 'amber',
  },
  'request.supplemented': {},
  'request.chased': {},
  'request.agreed': { extension: someDigest },
  'request.renewed': { until: 1_800_000_000_000 },
  'request.converted': { by: 'central-authority' },
  'request.withdrawn': { ground: 'no-longer-needed' },
  'request.assessed': { marks: { timeliness: 4, completeness: 3, usefulness: 5 } },
  'request.closed': { outcome: 'satisfied' },
  'request.acknowledged': {},
  'request.triaged': { will: 'no' },
  'request.queried': { particulars: ['identifiers'] },
  'request.postponed': { ground: 'own-investigation', until: 1_700_000_000_000 },
  'request.forwarded': { authority: 'prosecution' },
  'request.preserved': { until: 1_700_000_000_000 },
  'request.released': { ground: 'period-ended' },
  'request.returned': { reasons: ['incomplete'] },
  'request.accepted': {},
  'request.refused': { ground: 'sovereignty' },
  'request.extended': { until: 1_700_000_000_000, reason: 'translation' },
  'request.updated': { stage: 'forwarded' },
  'request.answered': { outcome: 'full', handling: 'amber' },
  'evidence.sealed': {
    ciphertext: someDigest,
    pieces: someDigest,
    commitment: someDigest,
    bytes: 65_800,
    size: 65_536,
    media: 'log-files',
    handling: 'amber',
    recipients: [
      { party: 'cn', key: someDigest },
      { party: 'us', key: someDigest },
    ],
  },
  'evidence.given': { to: 'cn' },
  'evidence.received': {},
  'evidence.opened': { purpose: 'examination' },
  'evidence.copied': { purpose: 'analysis' },
  'evidence.erased': { ground: 'law' },
  'entry.opened': { entry: someDigest },
  'body.erased': { ciphertext: someDigest, ground: 'law' },
}

/** An office of the given code, no more than designated. */
export function office(code: string, more: CanonicalObject = {}): CanonicalObject {
  return {
    office: code,
    kind: 'police',
    designations: ['member-agency'],
    timeZone: 'Asia/Shanghai',
    languages: ['zh-Hans'],
    ...more,
  }
}

/** The files of a small sound pack of three parties. */
export const smallPackFiles: Readonly<Record<string, string>> = {
  'pack.yaml': `v: 1
id: small
title: { en: A small agreement, zh-Hans: 小协议 }
date: 2020-02-29
languages: [en, zh-Hans]
parties:
  - id: cn
    names: { en: Second, zh-Hans: 乙方 }
    leads: [{ id: minister, names: { en: Minister, zh-Hans: 部长 } }]
    agencies: []
  - id: ru
    names: { en: Third, zh-Hans: 丙方 }
    leads: [{ id: minister, names: { en: Minister, zh-Hans: 部长 } }]
    agencies: []
  - id: us
    names: { en: First, zh-Hans: 甲方 }
    leads: [{ id: minister, names: { en: Minister, zh-Hans: 部长 } }]
    agencies:
      - { id: police, names: { en: Police, zh-Hans: 警察 }, aliases: [{ en: Constabulary, zh-Hans: 警方 }] }
texts:
  - id: en
    file: text.en.txt
    language: en
    issuer: Both
    source: Here
    date: 2020-02-29
    status: original
    party: us
  - id: zh
    file: text.zh.txt
    language: zh-Hans
    issuer: Both
    source: Here
    date: 2020-02-29
    status: translation
    by: A translator
    of: en
commitments:
  - id: help
    names: { en: Help, zh-Hans: 协助 }
    kind: assistance
    force: agree
    actors: [states]
    parties: [us, cn]
    anchors:
      - { text: en, exact: help each other, prefix: 'will ' }
      - { text: zh, exact: 相互协助 }
  - id: meet
    names: { en: Meet, zh-Hans: 会晤 }
    kind: dialogue
    force: intend
    actors: [lead]
    parties: [us, cn, ru]
    anchors:
      - { text: en, exact: meet twice a year }
      - { text: zh, exact: 每年会晤两次 }
mechanism:
  names: { en: Talks, zh-Hans: 会谈 }
  meetings:
    - id: talks
      names: { en: Talks, zh-Hans: 会谈 }
      level: ministerial
      commitment: meet
      within: [{ atLeast: 1, from: 2020-03-01, until: 2020-12-31 }]
      recurring: [{ atLeast: 2, each: calendar-year, from: 2021-01-01 }]
  hotline: { names: { en: Line, zh-Hans: 热线 }, commitment: help }
witnesses: none
`,
  'text.en.txt': 'The parties help each other.\nThey will help each other and meet twice a year.\n',
  'text.zh.txt': '双方相互协助，并每年会晤两次。\n',
}

let smallPack: Pack | undefined

/** The pack at hand in tests, whatever its digest is asked for. */
export function packAtHand(): Pack {
  smallPack ??= compilePack(smallPackFiles)
  return smallPack
}
