// The closed lists of codes of the directory: what offices are, who is reached how, and what a party's profile says.

const officeKind = [
  'ministry',
  'agency',
  'central-authority',
  'police',
  'prosecution',
  'foreign-affairs',
  'incident-response',
  'regulator',
  'duty-desk',
] as const

/** What an office is designated to be. `lead` is the ministerial lead of the party's side of the mechanism. */
const designation = ['lead', 'member-agency', 'contact-point', 'central-authority', 'experts'] as const

const contactKind = ['24-7', 'diplomatic', 'technical', 'law-enforcement'] as const

const officePosition = [
  'head',
  'deputy',
  'co-chair',
  'duty-officer',
  'liaison-officer',
  'case-officer',
  'expert',
] as const

/** What an authority of a party's profile is competent for. */
const competence = [
  'contact-point',
  'preservation',
  'mutual-legal-assistance',
  'emergency-disclosure',
  'incident-response',
  'extradition',
] as const

/** Ways by which a party takes requests. */
const channelKind = [
  'parley',
  'diplomatic',
  'i-24-7',
  'g7-network',
  'cert-network',
  'e-mail',
  'telephone',
  'post',
] as const

const dualCriminality = ['required', 'not-required', 'for-coercive-measures'] as const

const formality = ['encrypted', 'signed', 'formal-request-follows', 'original-on-paper'] as const

/** Reservations to articles that assistance rests on, by what they keep back. */
const reservation = [
  'preservation-dual-criminality',
  'traffic-data-scope',
  'political-offence',
  'nationals',
  'minor-offences',
  'direct-contact-with-providers',
] as const

const pingStatus = ['unanswered', 'answered'] as const

const absenceGround = ['duty-elsewhere', 'leave', 'vacancy', 'emergency'] as const

const officeEndGround = ['reorganised', 'merged', 'abolished', 'replaced'] as const

export const directoryCodes = {
  absenceGround,
  channelKind,
  competence,
  contactKind,
  designation,
  dualCriminality,
  formality,
  officeEndGround,
  officeKind,
  officePosition,
  pingStatus,
  reservation,
} as const
