// English: what binds a request to others, what it lacks, and what is said of it before the substance. Loaded with its pages.

export const caseWords = {
  ties: {
    alsoAsked: 'Also asked',
    alsoAskedText: 'These requests name one of the same identifiers. Look at them before the same work is done twice.',
    shared: '{count, plural, one {one identifier in common} other {# identifiers in common}}',
    links: 'Linked requests',
    names_extension: 'Extends',
    'names_follow-up': 'Follows up',
    names_related: 'Names as related',
    names_converted: 'Turned into formal assistance',
    names_forwarded: 'Handed to the competent authority',
    named_extension: 'Is extended by',
    'named_follow-up': 'Is followed up by',
    named_related: 'Is named as related by',
    named_converted: 'Is formal assistance for',
    named_forwarded: 'Was handed on from',
    notHere: 'A request that is not here',
  },
  attachments: {
    title: 'Goes along',
    bytes: '{bytes} bytes',
    digest: 'SHA-256',
    item: 'In evidence',
    add: 'Attach an item of evidence (optional)',
    choose: 'Choose',
    remove: 'Take {name} off',
    loose: '{count, plural, one {One attachment leads nowhere} other {# attachments lead nowhere}}',
    looseText: 'The other side does not hold these items of evidence, or they are not here: {names}',
  },
  checks: {
    missing: '{count, plural, one {One particular is missing} other {# particulars are missing}}',
    missingText:
      'By the guidelines that rule this request it must give these too. A return for completion begins with them.',
    aboveCeiling: 'Marked above what this channel may carry',
    aboveCeilingText: 'The agreement lets {ceiling} travel here at the most. Marked as it is, it is refused.',
  },
  triage: {
    title: 'Whether an answer will come',
    none: 'Nothing has been said of it yet.',
    owed: 'Its own clock',
    later: 'Said later',
  },
  cited: {
    title: 'What it relies on',
    inAgreement: 'In the agreement',
  },
} as const
