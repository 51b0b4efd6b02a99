// What the command line refuses before it does anything, and how: exit codes, stable codes, languages.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parley, root } from './run-parley.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-usage-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const pack = join(root, 'agreements', 'us-cn-2015')
const coded = ['--kind', 'information', '--urgency', 'ordinary', '--offences', 'phishing', '--languages', 'en']
const named = ['--party', 'us', '--prefix', 'us.parley.example', '--address', 'https://127.0.0.1:9']

describe('refusals', () => {
  const refusals: readonly (readonly [args: readonly string[], code: number, stable: string])[] = [
    [['--frobnicate'], 2, 'usage.unknown-option'],
    [['cut', '--frobnicate'], 2, 'usage.unknown-option'],
    [['frobnicate'], 2, 'usage.unknown-command'],
    [['request', 'frobnicate'], 2, 'usage.unknown-command'],
    [['pack', 'check'], 2, 'usage.missing-argument'],
    [['cut', 'one', 'two'], 2, 'usage.excess-arguments'],
    [['init', '--home', 'x'], 2, 'usage.missing-mandatory-option-value'],
    [['cut'], 2, 'usage.home'],
    [['cut', '--session', '/nonexistent'], 2, 'usage.session'],
    [['sign-in', '--url', 'http://127.0.0.1:1'], 2, 'usage.code'],
    [['sign-out', '--session', '/nonexistent'], 2, 'usage.session'],
    [['cut', '--home'], 2, 'usage.option-missing-argument'],
    [['cut', '--language', 'fr'], 2, 'usage.invalid-argument'],
    [['request', 'open', ...coded, '--handling', 'purple', '--text', 'x'], 2, 'usage.invalid-argument'],
    [['request', 'open', ...coded, '--handling', 'amber', '--home', 'x'], 2, 'usage.text'],
    [['request', 'extend', 'abcdef', '--until', 'soon', '--reason', 'volume'], 2, 'usage.invalid-argument'],
    [['init', '--home', 'x', ...named.with(1, 'US')], 2, 'usage.party'],
    [['init', '--home', 'x', ...named.with(3, 'https://x')], 2, 'usage.prefix'],
    [['init', '--home', 'x', ...named.with(5, 'http://x')], 2, 'usage.argument'],
    [['init', '--home', 'x', ...named, '--port', '70000'], 2, 'usage.argument'],
    [['simulate', '--seeds', 'many'], 2, 'usage.argument'],
    [['start', '--home', '/nonexistent'], 1, 'home.missing'],
    [['cut', '--home', '/nonexistent'], 3, 'client.unreachable'],
    [['cut', '--url', 'http://127.0.0.1:1', '--home', '/nonexistent'], 3, 'client.unreachable'],
    [['verify', '/nonexistent'], 1, 'file.missing'],
    [['pack', 'check', '/nonexistent'], 1, 'file.missing'],
    [['text', 'read', 'agreement.docx'], 2, 'usage.text-format'],
    [['text', 'read', '/nonexistent.txt'], 1, 'file.missing'],
  ]
  test.concurrent.each(refusals)('parley %j ends with %i and %s', async (args, code, stable) => {
    const ended = await parley(args)
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' })
    expect(ended.err.split('\n')[0]).toMatch(new RegExp(`^parley: ${stable.replaceAll('.', '\\.')}: `))
  })
})

test('help is an answer, on standard output, in the language that is asked for', async () => {
  const english = await parley(['request', 'answer', '--help'])
  expect(english).toMatchObject({ code: 0, err: '' })
  expect(english.out).toContain('full | part | nothing-found')
  const chinese = await parley(['--language', 'zh-Hans', 'request', 'answer', '--help'])
  expect(chinese).toMatchObject({ code: 0, err: '' })
  expect(chinese.out).toContain('答复请求')
})

test('a refusal is said in the language that is asked for, with the same code', async () => {
  const { code, err } = await parley(['frobnicate', '--language', 'zh-Hans'])
  expect(code).toBe(2)
  expect(err).toBe('parley: usage.unknown-command: 没有命令 frobnicate；请参阅 --help\n')
})

test('a pack is checked, and a broken one refused with every place', async () => {
  const sound = await parley(['pack', 'check', pack, '--json'])
  expect(sound).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(sound.out)).toEqual({
    id: 'us-cn-2015',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    languages: expect.any(Array),
    parties: 2,
    texts: expect.any(Number),
    commitments: expect.any(Number),
  })
  await writeFile(join(folder, 'pack.yaml'), 'id: broken\n')
  const broken = await parley(['pack', 'check', folder])
  expect(broken.code).toBe(1)
  expect(broken.err).toMatch(/^parley: pack\.refused/)
})

test('a text is read with the words that each proposal rests on, and one in another language refused', async () => {
  const text = join(pack, 'text.en.txt')
  const read = await parley(['text', 'read', text, '--json'])
  expect(read).toMatchObject({ code: 0, err: '' })
  const { language, proposals } = JSON.parse(read.out) as {
    language: string
    proposals: { rule: string; kind: string; operative: { words: string } }[]
  }
  expect(language).toBe('en')
  expect(proposals).toHaveLength(13)
  expect(proposals[1]).toMatchObject({ rule: 'en.affirm', kind: 'affirm', operative: { words: 'Affirm' } })
  const chinese = await parley(['text', 'read', '-', '--language', 'zh-Hans'], '双方同意建立热线。')
  expect(chinese.code).toBe(0)
  expect(chinese.out).toContain('依据：“同意”（规则 zh.agree）')
  const screened = await parley(['text', 'screen', '-'], 'The applicant shall submit the source code.')
  expect(screened.code).toBe(0)
  expect(screened.out).toContain('“source code” (rule en.source-code)')
  const french = await parley(
    ['text', 'read', '-'],
    'Les parties conviennent de créer une ligne dans le cadre du dialogue.',
  )
  expect(french).toMatchObject({ code: 4, out: '' })
  expect(french.err).toMatch(/^parley: text\.language: /)
})

test('what is no file of this project is said to be none, without its bytes on the terminal', async () => {
  await writeFile(join(folder, 'strange'), '\u001b]0;owned\u0007\u001b[31mred')
  const { code, err, out } = await parley(['verify', join(folder, 'strange')])
  expect(code).toBe(1)
  expect(err).toContain('verify.unknown')
  // oxlint-disable-next-line no-control-regex -- the control characters are what this is about
  expect(out + err).not.toMatch(/[\0-\x09\x0b-\x1f]/)
})
