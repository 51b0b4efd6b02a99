// What our own party may do now, by the same rules as the verdict. Where a rule looks at the data of an act, the least data
// of its shape stands in: the answer says whether the act is open at all.

import { entryTypes, may } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { atMillisecondsMax } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import type { May } from '@parley/api'
import type { ParleyNode } from '../node.ts'
import { listDirectoryData } from './directory-data.ts'

/** For each type the data to try, until one of them is open: whether an act is may depend on what it says. */
const leastData: Readonly<Record<string, readonly CanonicalObject[]>> = {
  'hotline.rung': [{ rung: 'duty-officer' }],
  'hotline.unanswered': [{ rung: 'duty-officer' }],
  'hotline.declined': [{ reason: 'busy' }],
  'hotline.taken': [{ position: 'duty-officer' }],
  'hotline.escalated': [{ rung: 'minister', ground: 'gravity' }],
  'hotline.handed': [{ position: 'duty-officer' }],
  'hotline.closed': [{ outcome: 'settled' }],
  'ping.answered': [{ position: 'duty-officer' }],
  'request.withdrawn': [{ ground: 'no-longer-needed' }],
  'request.assessed': [{ marks: { timeliness: 3, completeness: 3, usefulness: 3 } }],
  'request.closed': [{ outcome: 'satisfied' }, { outcome: 'abandoned' }],
  'request.renewed': [{ until: atMillisecondsMax }],
  'request.converted': [{ by: 'central-authority' }],
  'request.triaged': [{ will: 'no' }],
  'request.returned': [{ reasons: ['incomplete'] }],
  'request.queried': [{ particulars: ['facts'] }],
  'request.postponed': [{ ground: 'own-investigation', until: 0 }],
  'request.refused': [{ ground: 'essential-interests' }],
  'request.forwarded': [{ authority: 'police' }],
  'request.extended': [{ until: 0, reason: 'volume' }],
  'request.updated': [{ stage: 'forwarded' }],
  'request.preserved': [{ until: atMillisecondsMax }],
  'request.released': [{ ground: 'period-ended' }],
  'evidence.opened': [{ purpose: 'examination' }],
  'evidence.copied': [{ purpose: 'examination' }],
  'evidence.erased': [{ ground: 'law' }],
  'request.answered': [{ outcome: 'full', handling: 'amber' }],
}

/**
 * For each type that begins with one of the prefixes, whether we may write it, and the code of the rule if not. `data` is what
 * would be written, for types that are decided by it.
 */
export function viewMay(
  node: ParleyNode,
  channel: string,
  prefixes: readonly string[],
  subject: string | undefined,
  acts: { readonly subject: readonly Act[]; readonly agreement: readonly Act[] },
  data: Readonly<Record<string, CanonicalObject>> = {},
): May[] {
  const { registry, packs } = node
  const { parties } = registry.channel(channel)
  const wanted = entryTypes.filter(
    ({ place, type }) =>
      prefixes.some((prefix) => type.startsWith(prefix)) && (subject === undefined) === (place === 'founding'),
  )
  // What belongs to an exercise is an exercise too.
  const exercise = acts.subject.find(({ digest }) => digest === subject)?.exercise ?? false
  return wanted.map(({ type }) => {
    const tried = data[type] === undefined ? listData(type, registry.self, parties, acts.subject) : [data[type]]
    const reasons = tried.map((each) => {
      const intent = { party: registry.self, type, data: each, body: true, exercise }
      return may(subject === undefined ? intent : { ...intent, subject }, {
        parties,
        ...acts,
        pack: (digest) => packs.get(digest),
      })
    })
    const [reason] = reasons
    return reason === undefined || reasons.includes(undefined)
      ? { type, allowed: true }
      : { type, allowed: false, reason }
  })
}

function listData(
  type: string,
  self: string,
  parties: readonly string[],
  subject: readonly Act[],
): readonly CanonicalObject[] {
  if (type === 'request.opened') return [openingData(self, parties)]
  if (type === 'evidence.given') return [{ to: parties.find((party) => party !== self) ?? self }]
  if (type === 'request.agreed') {
    const extensions = subject.filter((act) => act.type === 'request.extended')
    return [...extensions.map(({ digest }) => ({ extension: digest })), { extension: '0'.repeat(64) }]
  }
  return leastData[type] ?? listDirectoryData(type, self, subject) ?? [{}]
}

function openingData(self: string, parties: readonly string[]): CanonicalObject {
  const to = parties.find((party) => party !== self) ?? self
  return {
    to,
    kind: 'information',
    urgency: 'ordinary',
    offences: ['other-offence'],
    languages: ['en'],
    handling: 'amber',
  }
}
