// For tests: guidelines of two parties, small enough to count by hand.

import { checkShape } from '../shape.ts'
import { guidelinesShape, type Guidelines } from '../guidelines/shape.ts'

const origin = { source: 'own', default: true }
const hours = (count: number) => ({ count, unit: 'hour', ...origin })

const source = {
  sources: [{ id: 'own', words: 'Made up' }],
  ceiling: { handling: 'amber', ...origin },
  urgencies: [
    { urgency: 'urgent', targets: { triage: hours(8), 'final-answer': hours(24) } },
    {
      urgency: 'ordinary',
      targets: { acknowledgement: hours(24), triage: hours(48), 'final-answer': hours(100), clarification: hours(10) },
    },
  ],
  kinds: [
    {
      kind: 'subscriber-data',
      required: ['authority', 'identifiers'],
      relations: ['new'],
      targets: { 'final-answer': hours(20) },
      refusal: { grounds: ['sovereignty'], ...origin },
      ...origin,
    },
  ],
  pauses: { while: ['returned', 'queried'], stops: ['final-answer'], ...origin },
  extension: { times: 1, atMost: { count: 50, unit: 'hour' }, agreement: false, ...origin },
  preservation: {
    period: { count: 60, unit: 'day' },
    renewal: { count: 30, unit: 'day' },
    alarmDays: [30, 10, 3],
    ...origin,
  },
  refusal: { grounds: ['sovereignty', 'domestic-law'], ...origin },
  postponement: { grounds: ['capacity'], ...origin },
  criteria: { criteria: ['timeliness'], ...origin },
  calendars: ['cn', 'us'].map((party) => ({
    party,
    zone: 'UTC',
    ahead: 0,
    weekdays: [1, 2, 3, 4, 5],
    hours: [{ from: 540, until: 1020 }],
    ...origin,
  })),
}

/** Guidelines of `cn` and `us`. */
export function sampleGuidelines(): Guidelines {
  const checked = checkShape(guidelinesShape, structuredClone(source))
  if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.reasons))
  return checked.value
}
