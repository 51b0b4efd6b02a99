// What our own party may do now, by the same rules as the verdict. Where a rule looks at the data of an act, the least data
// of its shape stands in: the answer says whether the act is open at all.

import { entryTypes, may } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import type { CanonicalObject } from '@parley/record'
import type { May } from '@parley/api'
import type { ParleyNode } from '../node.ts'

const leastOffice: CanonicalObject = {
  office: 'o',
  kind: 'agency',
  designations: ['member-agency'],
  timeZone: 'UTC',
  languages: ['en'],
}

const leastData: Readonly<Record<string, CanonicalObject>> = {
  'agreement.adopted': { pack: '0'.repeat(64) },
  'directory.designated': leastOffice,
  'directory.amended': leastOffice,
  'directory.ended': { office: 'o', ground: 'merged' },
  'directory.appointed': { office: 'o', position: 'head' },
  'directory.vacated': { office: 'o', position: 'head' },
  'directory.absent': { office: 'o', from: 0, until: 1, standIn: 'o', ground: 'leave' },
  'directory.returned': { absence: '0'.repeat(64) },
  'directory.rostered': { office: 'o', weekly: [] },
  'directory.profiled': {
    authorities: [],
    channels: ['parley'],
    languages: ['en'],
    dualCriminality: 'required',
    reviewBy: 0,
  },
  'directory.reviewed': { reviewBy: 0 },
  'hotline.rung': { rung: 'duty-officer' },
  'hotline.unanswered': { rung: 'duty-officer' },
  'hotline.declined': { reason: 'busy' },
  'hotline.taken': { position: 'duty-officer' },
  'hotline.escalated': { rung: 'minister', ground: 'gravity' },
  'hotline.handed': { position: 'duty-officer' },
  'hotline.closed': { outcome: 'settled' },
  'ping.answered': { position: 'duty-officer' },
  'request.withdrawn': { ground: 'no-longer-needed' },
  'request.assessed': { marks: { timeliness: 3, completeness: 3, usefulness: 3 } },
  'request.closed': { outcome: 'satisfied' },
  'request.returned': { reasons: ['incomplete'] },
  'request.refused': { ground: 'essential-interests' },
  'request.extended': { until: 0, reason: 'volume' },
  'request.updated': { stage: 'forwarded' },
  'request.answered': { outcome: 'full', handling: 'amber' },
}

/** For each type that begins with one of the prefixes, whether we may write it, and the code of the rule if not. */
export function viewMay(
  node: ParleyNode,
  channel: string,
  prefixes: readonly string[],
  subject: string | undefined,
  acts: { readonly subject: readonly Act[]; readonly agreement: readonly Act[] },
): May[] {
  const { registry, packs } = node
  const { parties } = registry.channel(channel)
  const wanted = entryTypes.filter(
    ({ place, type }) =>
      prefixes.some((prefix) => type.startsWith(prefix)) && (subject === undefined) === (place === 'founding'),
  )
  return wanted.map(({ type }) => {
    const data = type === 'request.opened' ? openingData(registry.self, parties) : (leastData[type] ?? {})
    const intent = { party: registry.self, type, data, body: true, exercise: false }
    const reason = may(subject === undefined ? intent : { ...intent, subject }, {
      parties,
      ...acts,
      pack: (digest) => packs.get(digest),
    })
    return reason === undefined ? { type, allowed: true } : { type, allowed: false, reason }
  })
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
