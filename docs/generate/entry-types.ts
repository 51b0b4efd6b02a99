// Writes docs/spec/entry-types.md: every type of entry with its data, from the shapes that verdicts are made by. Run it with
// `node docs/generate/entry-types.ts` after changing a shape; a test fails while the page is stale.

import { writeFileSync } from 'node:fs'
import { codeLists, entryTypes, listFields, topicOf, topics, wordOf, type EntryType } from '@parley/mechanism'

const places = {
  founding: 'founds a subject: names none',
  following: 'names the subject it belongs to',
  standing: 'belongs to a standing subject: names none',
  attached: 'belongs to the subject of the entry it speaks of: names it, or has its standing subject in `standing`',
} as const

function formatType({ type, place, body, demand, shape }: EntryType): string {
  const fields = listFields(shape).map(({ pointer, required, what }) => {
    return `- \`${pointer}\`${required ? '' : ', optional'}: ${what}`
  })
  return [
    `### \`${type}\``,
    '',
    `${wordOf('en', `type.${type}`)} · ${wordOf('zh-Hans', `type.${type}`)}`,
    '',
    `- Subject: ${places[place]}.`,
    `- Body: ${body}.`,
    `- Approvals: ${demand.count}, each by one of ${demand.roles.join(', ')}.`,
    '',
    ...(fields.length === 0 ? ['No data.'] : ['Data:', '', ...fields]),
    '',
  ].join('\n')
}

function formatList([list, values]: readonly [string, readonly string[]]): string {
  const rows = values.map((value) => {
    return `- \`${value}\`: ${wordOf('en', `${list}.${value}`)} · ${wordOf('zh-Hans', `${list}.${value}`)}`
  })
  return [`### ${list}`, '', ...rows, ''].join('\n')
}

/** The page as Markdown. */
export function formatEntryTypes(): string {
  const types = topics.flatMap(({ name }) => [
    `## Topic: ${wordOf('en', `topic.${name}`)}`,
    '',
    ...entryTypes.filter(({ type }) => topicOf(type).name === name).map(formatType),
  ])
  return [
    '# Types of entries',
    '',
    'Made from the shapes in `packages/mechanism` by `docs/generate/entry-types.ts`; do not edit. A pointer is a JSON pointer',
    'into the entry’s `data`; `/*` is every item. What the types mean is in `packages/mechanism/SPEC.md`.',
    '',
    ...types,
    '## Codes',
    '',
    ...Object.entries(codeLists).map(formatList),
  ].join('\n')
}

if (import.meta.main) writeFileSync(new URL('../spec/entry-types.md', import.meta.url), formatEntryTypes())
