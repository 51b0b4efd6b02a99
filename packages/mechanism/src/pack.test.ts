import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { nodeCrypto } from '@parley/record/node'
import { describe, expect, test } from 'vitest'
import { MechanismError, type Problem } from './error.ts'
import { formatPackSchema } from './pack-schema.ts'
import { compilePack, listCitations, packDigest } from './pack.ts'
import { smallPackFiles } from './testing/samples.ts'

const agreements = new URL('../../../agreements/', import.meta.url)

type Files = Record<string, string>

function problemsOf(files: Files): readonly Problem[] {
  try {
    compilePack(files)
  } catch (error) {
    if (error instanceof MechanismError && error.code === 'pack.refused') return error.problems
    throw error
  }
  return []
}

/** The small pack with one piece of its own file replaced. */
function edited(from: string, to: string, file = 'pack.yaml'): Files {
  const source = smallPackFiles[file]!
  expect(source.split(from).length).toBeGreaterThan(1)
  return { ...smallPackFiles, [file]: source.replace(from, to) }
}

test('[PK1] a pack is compiled, with its texts in it', () => {
  const pack = compilePack(smallPackFiles)
  expect(pack.texts[1]).toEqual({
    id: 'zh',
    language: 'zh-Hans',
    issuer: 'Both',
    source: 'Here',
    date: '2020-02-29',
    status: 'translation',
    by: 'A translator',
    of: 'en',
    body: smallPackFiles['text.zh.txt'],
  })
  expect(pack.commitments[0]!.anchors[0]).toEqual({
    text: 'en',
    selector: { type: 'TextQuoteSelector', exact: 'help each other', prefix: 'will ' },
  })
})

test('[PK2] the same pack as JSON is the same pack', () => {
  const { 'pack.yaml': yaml, ...texts } = smallPackFiles
  const { texts: bodies, commitments, ...rest } = compilePack(smallPackFiles)
  const source = {
    ...rest,
    texts: bodies.map(({ body: _body, ...text }) => ({
      ...text,
      file: text.id === 'en' ? 'text.en.txt' : 'text.zh.txt',
    })),
    commitments: commitments.map((commitment) => ({
      ...commitment,
      anchors: commitment.anchors.map(({ text, selector: { type: _type, ...quote } }) => ({ text, ...quote })),
    })),
  }
  const json = compilePack({ ...texts, 'pack.json': JSON.stringify(source, null, '\t') })
  expect(packDigest(json, nodeCrypto)).toBe(packDigest(compilePack({ ...texts, 'pack.yaml': yaml! }), nodeCrypto))
})

test('[PK3] the digest is over all of it: one character of a text, a name, an order', () => {
  const digest = (files: Files) => packDigest(compilePack(files), nodeCrypto)
  const digests = [
    smallPackFiles,
    edited('twice a year.', 'twice a year!', 'text.en.txt'),
    edited('Constabulary', 'Gendarmerie'),
    edited('parties: [us, cn]', 'parties: [cn, us]'),
  ].map(digest)
  expect(new Set(digests).size).toBe(digests.length)
  expect(digest(edited('v: 1\n', '# a comment\nv: 1\n'))).toBe(digests[0])
})

describe('broken packs', () => {
  const { 'pack.yaml': yaml, ...texts } = smallPackFiles
  // What is wrong, the files, the code, the file named, and words of the line named.
  const broken: readonly [string, Files, string, string, string][] = [
    ['no pack', texts, 'pack.absent', '', ''],
    ['two packs', { ...smallPackFiles, 'pack.json': '{}' }, 'pack.twice', 'pack.json', ''],
    ['an empty file', { ...texts, 'pack.yaml': '' }, 'pack.syntax', 'pack.yaml', ''],
    ['no YAML', edited('languages: [en, zh-Hans]', 'languages: [en, zh-Hans'), 'pack.syntax', 'pack.yaml', 'parties'],
    [
      'a field twice',
      edited('date: 2020-02-29\nlanguages', 'date: 2020-02-29\nid: again\nlanguages'),
      'pack.duplicate-key',
      'pack.yaml',
      'id: again',
    ],
    ['an alias', edited('agencies: []', 'agencies: *x'), 'pack.alias', 'pack.yaml', 'agencies: *x'],
    ['an anchor', edited('agencies: []', 'agencies: &x []'), 'pack.alias', 'pack.yaml', 'agencies: &x'],
    ['a tag', edited('date: 2020-02-29', 'date: !!binary 2020'), 'pack.tag', 'pack.yaml', 'date: !!'],
    ['a tag of its own', edited('date: 2020-02-29', 'date: !run "x"'), 'pack.tag', 'pack.yaml', 'date: !run'],
    ['two documents', { ...smallPackFiles, 'pack.yaml': `${yaml!}---\nv: 1\n` }, 'pack.documents', 'pack.yaml', '---'],
    ['a list', { ...texts, 'pack.yaml': '- v: 1\n' }, 'shape.type', 'pack.yaml', '- v: 1'],
    ['another version', edited('v: 1', 'v: 2'), 'shape.constant', 'pack.yaml', 'v: 2'],
    ['a missing field', edited('id: small\n', ''), 'shape.missing-field', 'pack.yaml', 'v: 1'],
    ['a misspelt field', edited('witnesses:', 'witness:'), 'shape.unknown-field', 'pack.yaml', 'witness: none'],
    [
      'a day that is not',
      edited('2020-02-29\nlanguages', '2019-02-29\nlanguages'),
      'shape.date',
      'pack.yaml',
      'date: 2019',
    ],
    ['a force off the ladder', edited('force: intend', 'force: hope'), 'shape.code', 'pack.yaml', 'force: hope'],
    ['one party', edited('  - id: ru\n', '  - id: 7\n'), 'shape.type', 'pack.yaml', 'id: 7'],
    ['a party twice', edited('  - id: ru\n', '  - id: cn\n'), 'pack.duplicate-id', 'pack.yaml', 'id: cn'],
    ['an office twice', edited('{ id: police,', '{ id: minister,'), 'pack.duplicate-id', 'pack.yaml', 'id: minister'],
    ['a commitment twice', edited('id: meet\n', 'id: help\n'), 'pack.duplicate-id', 'pack.yaml', 'id: help'],
    [
      'a name in one language',
      edited('{ en: Help, zh-Hans: 协助 }', '{ en: Help }'),
      'pack.name-missing',
      'pack.yaml',
      '{ en: Help }',
    ],
    [
      'an alias in one language',
      edited('aliases: [{ en: Constabulary, zh-Hans: 警方 }]', 'aliases: [{ en: Constabulary }]'),
      'pack.name-missing',
      'pack.yaml',
      '[{ en: Constabulary }]',
    ],
    [
      'a name in a language too many',
      edited('{ en: Help, zh-Hans: 协助 }', '{ en: Help, fr: Aide, zh-Hans: 协助 }'),
      'pack.language-unknown',
      'pack.yaml',
      'Aide',
    ],
    [
      'a name written backwards',
      edited('en: Help,', 'en: "Help\\u202e",'),
      'pack.name-malformed',
      'pack.yaml',
      'Help\\u202e',
    ],
    [
      'a control character in an issuer',
      edited('issuer: Both', 'issuer: "Both\\u0007"'),
      'pack.words-malformed',
      'pack.yaml',
      'Both\\u0007',
    ],
    [
      'a text in no language of the pack',
      edited('language: zh-Hans', 'language: fr'),
      'pack.language-unknown',
      'pack.yaml',
      'language: fr',
    ],
    ['a text of nobody', edited('party: us', 'party: fr'), 'pack.party-unknown', 'pack.yaml', 'party: fr'],
    [
      'a translation by nobody',
      edited('    by: A translator\n', ''),
      'pack.text-author-missing',
      'pack.yaml',
      '- id: zh',
    ],
    ['a translation of nothing', edited('    of: en\n', ''), 'pack.translation-of', 'pack.yaml', '- id: zh'],
    ['a translation of a text there is not', edited('of: en', 'of: fr'), 'pack.text-unknown', 'pack.yaml', 'of: fr'],
    ['a translation of itself', edited('of: en', 'of: zh'), 'pack.translation-of', 'pack.yaml', 'of: zh'],
    ['an original of a text', edited('    party: us', '    of: zh'), 'pack.translation-of', 'pack.yaml', 'of: zh'],
    [
      'a file elsewhere',
      edited('file: text.en.txt', 'file: ../text.en.txt'),
      'pack.file-name',
      'pack.yaml',
      '../text.en.txt',
    ],
    [
      'a file that is not there',
      edited('file: text.en.txt', 'file: text.fr.txt'),
      'pack.file-missing',
      'pack.yaml',
      'text.fr.txt',
    ],
    [
      'a file for two texts',
      edited('file: text.zh.txt', 'file: text.en.txt'),
      'pack.file-twice',
      'pack.yaml',
      'file: text.en.txt',
    ],
    ['a file for no text', { ...smallPackFiles, 'text.fr.txt': 'x' }, 'pack.file-unused', 'text.fr.txt', 'x'],
    [
      'a carriage return in a text',
      edited('other.\nThey', 'other.\r\nThey', 'text.en.txt'),
      'pack.text-malformed',
      'text.en.txt',
      'parties',
    ],
    ['an empty text', { ...smallPackFiles, 'text.en.txt': '\n' }, 'pack.text-malformed', 'text.en.txt', ''],
    [
      'a long text',
      { ...smallPackFiles, 'text.en.txt': 'x'.repeat(1_000_001) },
      'pack.text-long',
      'text.en.txt',
      'xxx',
    ],
    [
      'a commitment of a party there is not',
      edited('parties: [us, cn]', 'parties: [us, fr]'),
      'pack.party-unknown',
      'pack.yaml',
      '[us, fr]',
    ],
    [
      'words in a text there is not',
      edited('text: zh, exact: 相互', 'text: fr, exact: 相互'),
      'pack.text-unknown',
      'pack.yaml',
      'text: fr',
    ],
    [
      'words that are not there',
      edited('meet twice a year }', 'meet thrice a year }'),
      'pack.anchor-absent',
      'pack.yaml',
      'thrice',
    ],
    [
      'words that are there twice',
      edited(", prefix: 'will ' }", ' }'),
      'pack.anchor-ambiguous',
      'pack.yaml',
      'help each other }',
    ],
    [
      'words in one language',
      edited('      - { text: zh, exact: 相互协助 }\n', ''),
      'pack.anchor-language',
      'pack.yaml',
      'anchors:',
    ],
    [
      'meetings by no commitment',
      edited('commitment: meet\n', 'commitment: talk\n'),
      'pack.commitment-unknown',
      'pack.yaml',
      'commitment: talk',
    ],
    [
      'a hotline by no commitment',
      edited('commitment: help }', 'commitment: call }'),
      'pack.commitment-unknown',
      'pack.yaml',
      'commitment: call',
    ],
    [
      'meetings without a rule',
      edited(/ {6}within.*\n {6}recurring.*\n/.exec(yaml!)![0], ''),
      'pack.rule-missing',
      'pack.yaml',
      '- id: talks',
    ],
    [
      'a rule that ends before it begins',
      edited('until: 2020-12-31', 'until: 2020-01-31'),
      'pack.rule-empty',
      'pack.yaml',
      '2020-01-31',
    ],
    [
      'a file over the limit',
      { ...texts, 'pack.yaml': `# ${'x'.repeat(600_000)}\n${yaml!}` },
      'pack.limit',
      'pack.yaml',
      '# xxx',
    ],
  ]
  test.each(broken)('[PK4] %s', (_, files, code, file, words) => {
    const found = problemsOf(files).find((problem) => problem.code === code)
    expect(found).toBeDefined()
    expect(found?.file ?? '').toBe(file)
    if (found?.line !== undefined) expect(files[file]!.split('\n')[found.line - 1]).toContain(words)
    else expect(words).toBe('')
    expect(found!.message).not.toBe('')
  })
})

test('[PK4] a refusal names every problem, in the order of the file', () => {
  const files = edited('of: en', 'of: fr')
  const problems = problemsOf({ ...files, 'pack.yaml': files['pack.yaml']!.replace('force: intend', 'force: hope') })
  expect(problems.map(({ code }) => code)).toEqual(['shape.code'])
  const two = problemsOf({
    ...files,
    'pack.yaml': files['pack.yaml']!.replace('commitment: meet\n', 'commitment: talk\n'),
  })
  expect(two.map(({ code }) => code)).toEqual(['pack.text-unknown', 'pack.commitment-unknown'])
  expect(two[0]!.line).toBeLessThan(two[1]!.line!)
})

test('[PK4] whatever is cut out of a pack or put into it, it compiles or is refused', () => {
  const source = smallPackFiles['pack.yaml']!
  const at = fc.nat({ max: source.length })
  fc.assert(
    fc.property(
      at,
      fc.nat({ max: 20 }),
      fc.constantFrom('', ' ', '\n', '\t', '"', '{', '- ', ': ', '&a ', '!', '#'),
      (from, length, put) => {
        const broken = source.slice(0, from) + put + source.slice(from + length)
        for (const { code, line } of problemsOf({ ...smallPackFiles, 'pack.yaml': broken })) {
          expect(code).toMatch(/^(pack|shape)\./)
          expect(line).toBeGreaterThan(0)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('[PK5] citations say where the words stand', () => {
  const pack = compilePack(smallPackFiles)
  const [english, chinese] = listCitations(pack, 'help')
  expect(pack.texts[0]!.body.slice(english!.start, english!.end)).toBe('help each other')
  expect(english!.start).toBeGreaterThan(30)
  expect(pack.texts[1]!.body.slice(chinese!.start, chinese!.end)).toBe('相互协助')
  expect(listCitations(pack, 'peace')).toEqual([])
})

test('[PK6] the schema that is published is the schema of the code', () => {
  const published = readFileSync(new URL('pack.schema.json', agreements), 'utf8')
  expect(published).toBe(`${JSON.stringify(formatPackSchema(), null, 2)}\n`)
})

test('[PK7] the pack of 2015 compiles, and each of its commitments has words in both languages', () => {
  const folder = new URL('us-cn-2015/', agreements)
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  )
  const pack = compilePack(files)
  expect(pack.commitments).toHaveLength(19)
  for (const { id } of pack.commitments) {
    const languages = listCitations(pack, id).map(({ language }) => language)
    expect([id, new Set(languages)]).toEqual([id, new Set(pack.languages)])
  }
  const paragraphs = (id: string) =>
    pack.texts
      .find((text) => text.id === id)!
      .body.trim()
      .split('\n\n').length
  expect(paragraphs('outcomes-zh')).toBe(paragraphs('outcomes-en'))
  expect(paragraphs('mechanism-zh')).toBe(paragraphs('mechanism-en'))
})
