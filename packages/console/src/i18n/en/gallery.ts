// English: the gallery of parts.

export const gallery = {
  gallery: {
    title: 'Parts',
    lead: 'Each part of the console in each of its states, on plain paper.',
    first: 'First choice',
    second: 'Second choice',
    note: 'A note under it',
    do: 'Do it',
    done: 'It is done.',
    reason: 'The request has been withdrawn or closed.',
    field: 'Name of the field',
    hint: 'What belongs into it.',
    fault: 'This field is missing.',
    noticeTitle: 'Something to know',
    empty: 'Nothing is here yet.',
  },
} as const
