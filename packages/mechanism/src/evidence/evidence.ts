// The topic of evidence: files that one party seals to others, and what each party says it did with its copy. SPEC.md [EV].

import type { Topic } from '../topic.ts'
import { mayEvidence, type EvidenceRefusal } from './rules.ts'
import { evidenceTypes } from './shapes.ts'
import { viewEvidence, type EvidenceState } from './view.ts'

export const evidenceTopic: Topic<EvidenceState, EvidenceRefusal> = {
  name: 'evidence',
  types: evidenceTypes,
  may: mayEvidence,
  view: viewEvidence,
}
