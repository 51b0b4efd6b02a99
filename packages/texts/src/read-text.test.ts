import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compilePack, listCitations } from '@parley/mechanism'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatTimeRule, listPackAliases, overlap, readText, wordsAt } from './index.ts'
import type { Proposal } from './index.ts'

const agreements = join(import.meta.dirname, '..', '..', '..', 'agreements')

function one(text: string): Proposal {
  const { proposals } = readText(text)
  expect(proposals).toHaveLength(1)
  return proposals[0]!
}

test('[TE10] [TE12] a proposal shows the words it rests on', () => {
  const text = 'In addition, Ruritania undertakes not to knowingly restrict imports unnecessarily.'
  const proposal = one(text)
  expect(proposal).toMatchObject({ rule: 'en.commit', kind: 'undertake-not-to', force: 'commit', negative: true })
  expect(wordsAt(text, proposal.operative)).toBe('undertakes not')
  expect(wordsAt(text, proposal.actor.range!)).toBe('Ruritania')
  expect(proposal.qualifiers.map(({ code, range }) => [code, wordsAt(text, range)])).toEqual([
    ['knowingly', 'knowingly'],
    ['unnecessarily', 'unnecessarily'],
  ])
})

describe('[TE11] what follows the operative words decides the kind', () => {
  const kinds: readonly (readonly [string, string])[] = [
    ['Both sides agree to hold a workshop.', 'agree-to-do'],
    ['Both sides agree not to hold a workshop.', 'undertake-not-to'],
    ['Both sides agree to set up a joint committee.', 'establish'],
    ['Both sides agree to appoint a contact point.', 'designate'],
    ['Both sides agree that the market is open.', 'affirm'],
    ['Both sides agree that neither will hold a workshop.', 'undertake-not-to'],
    ['双方同意举办研讨会。', 'agree-to-do'],
    ['双方同意不举办研讨会。', 'undertake-not-to'],
    ['双方同意设立联合委员会。', 'establish'],
    ['双方同意指定联络点。', 'designate'],
    ['双方一致认为市场是开放的。', 'affirm'],
    ['双方欢迎专家组的报告。', 'welcome'],
  ]
  test.each(kinds)('[TE11] %s', (text, kind) => {
    expect(one(text).kind).toBe(kind)
  })
})

describe('[TE13] actors', () => {
  const actors: readonly (readonly [string, string, string | undefined])[] = [
    ['Each side shall report.', 'each', 'Each side'],
    ['China and the United States will report.', 'all', 'China and the United States'],
    ['The Chinese side will report.', 'one', 'The Chinese side'],
    ['The requested Party shall report.', 'class', 'The requested Party'],
    ['The senior experts group shall report.', 'body', 'The senior experts group'],
    ['Requests shall be answered.', 'unnamed', undefined],
    ['Costs shall be borne by the requested Party.', 'class', 'the requested Party'],
    ['任何一方不得拒绝。', 'all', '任何一方'],
    ['美国和日本将提供协助。', 'all', '美国和日本'],
    ['被请求方应提供协助。', 'class', '被请求方'],
    ['高级别专家组应提交报告。', 'body', '高级别专家组'],
  ]
  test.each(actors)('[TE13] %s', (text, kind, words) => {
    const { actor } = one(text)
    expect(actor.kind).toBe(kind)
    expect(actor.range === undefined ? undefined : wordsAt(text, actor.range)).toBe(words)
  })

  test('[TE13] an absent subject is taken from the words around it, and that is said', () => {
    const text = '中方代表团出席了会议。\n\n双方会晤后发表如下成果：\n一、承诺及时答复请求。'
    const proposal = readText(text).proposals.at(-1)!
    expect(proposal.actor).toMatchObject({ kind: 'absent', taken: 'all' })
    expect(wordsAt(text, proposal.actor.range!)).toBe('双方')
    expect(one('Commit to answer requests.').actor).toEqual({ kind: 'absent', taken: 'all', ids: [] })
  })

  test('[TE13] one body under several names has one id', () => {
    const pack = compilePack(readPack('us-cn-2015'))
    const aliases = listPackAliases(pack)
    const text =
      'The Cyberspace Administration of China will join, and the State Internet and Information Office will join.'
    const ids = readText(text, { aliases }).proposals.map(({ actor }) => actor.ids)
    expect(ids[0]).toEqual(['cn/siio'])
    expect(ids[1]).toEqual(['cn/siio'])
  })
})

describe('[TE14] times', () => {
  const times: readonly (readonly [string, readonly string[]])[] = [
    [
      'The mechanism is to meet once before the end of 2015, and twice per year thereafter.',
      ['1x by 2015-12-31', '2x per year thereafter'],
    ],
    ['该机制将在2015年底前举行一次会议，此后每年举行两次。', ['1x by 2015-12-31', '2x per year thereafter']],
    ['Each party shall answer within ten working days of receipt.', ['within 10 working-day of receipt']],
    [
      'Each party shall answer no later than 90 days after the entry into force of this text.',
      ['within 90 day of entry-into-force'],
    ],
    ['The two sides will meet by 29 February 2028.', ['by 2028-02-29']],
    ['The two sides will meet by February 30, 2028.', []],
    ['The two sides will meet before the end of next year.', ['before text']],
    ['The two sides will meet every six months.', ['1x per 6 month']],
    ['The two sides will meet in the first half of 2027.', ['in 2027-01-01/2027-06-30']],
    ['The two sides will publish drafts at least sixty days before adoption.', ['60 day ahead']],
    ['双方将在收到请求后三十日内及时答复。', ['within 30 day of receipt', 'promptly']],
    ['双方将于明年年底前会晤。', ['before text']],
    ['双方将每半年会晤一次。', ['1x per 6 month']],
    ['双方将于2027年下半年会晤。', ['in 2027-07-01/2027-12-31']],
    ['双方将在下次对话前会晤。', ['before next-meeting']],
  ]
  test.each(times)('[TE14] %s', (text, rules) => {
    expect(one(text).times.map(formatTimeRule)).toEqual(rules)
  })
})

test('[TE15] items under words that oblige are proposals with their actor and force', () => {
  const text = 'Each Party shall:\n(a) answer within two days;\n(b) not pass on names;\n(c) designate a contact point.'
  const { proposals } = readText(text)
  expect(proposals.map(({ actor, force, kind, number }) => [number, kind, force, actor.kind])).toEqual([
    ['a', 'commit', 'shall', 'each'],
    ['b', 'undertake-not-to', 'shall', 'each'],
    ['c', 'designate', 'shall', 'each'],
  ])
  expect(wordsAt(text, proposals[0]!.operative)).toBe('shall')
})

test('[TE16] a clause that is quoted inside news prose', () => {
  const text = 'The communiqué says that both countries “will not use export licences to gain advantage”.'
  expect(one(text)).toMatchObject({ kind: 'undertake-not-to', force: 'shall' })
})

describe('[TE17] what is no commitment', () => {
  const none: readonly (readonly [string, string | undefined])[] = [
    ['The two sides held talks on Tuesday.', undefined],
    ['Parties may ask for more.', undefined],
    ['If the parties agree to extend the period, it is longer.', 'en.hypothesis'],
    ['The two sides failed to agree on the scope.', undefined],
    ['China will become the largest market.', 'en.prediction'],
    ['This Agreement shall enter into force on signature.', 'en.of-the-text-itself'],
    ['双方举行了会谈。', undefined],
    ['如双方同意延长期限，日程相应调整。', 'zh.hypothesis'],
    ['两国政府曾于2011年同意设立类似线路。', 'zh.history'],
    ['双方可以商定延长期限。', 'zh.may'],
  ]
  test.each(none)('[TE17] %s', (text, rule) => {
    const { passed, proposals } = readText(text)
    expect(proposals).toEqual([])
    if (rule !== undefined) expect(passed.map((each) => each.rule)).toContain(rule)
  })

  test('[TE17] a heading proposes nothing', () => {
    expect(readText('# The two sides agree to establish a hotline\n\nThe talks went on.').proposals).toEqual([])
  })
})

test('[TE18] hosts in turn', () => {
  const [english, chinese] = ['The dialogue will be held alternately in both capitals.', '对话将在两国轮流举行。']
  expect(wordsAt(english, one(english).hosts!)).toBe('alternately')
  expect(wordsAt(chinese, one(chinese).hosts!)).toBe('轮流')
})

function readPack(id: string): Record<string, string> {
  const folder = join(agreements, id)
  const { texts } = {
    texts: ['text.en.txt', 'text.zh-Hans.txt', 'text.mechanism.en.txt', 'text.mechanism.zh-Hans.txt'],
  }
  const files: Record<string, string> = { 'pack.yaml': readFileSync(join(folder, 'pack.yaml'), 'utf8') }
  for (const name of texts) {
    try {
      files[name] = readFileSync(join(folder, name), 'utf8')
    } catch {
      // A pack has the texts that it has.
    }
  }
  return files
}

describe.each(['us-cn-2015', 'network-24-7'])('the pack %s', (id) => {
  const pack = compilePack(readPack(id))
  test.each(pack.texts.map(({ id: text }) => text))(
    '[TE19] every commitment of %s is found, and of 2015 none is invented',
    (id_) => {
      const text = pack.texts.find(({ id: each }) => each === id_)!
      const { proposals } = readText(text.body)
      const cited = pack.commitments.flatMap((commitment) =>
        listCitations(pack, commitment.id)
          .filter((citation) => citation.text === id_)
          .map((citation) => ({ commitment, citation })),
      )
      const missed = cited.filter(({ citation }) => !proposals.some(({ range }) => overlap(range, citation)))
      expect(missed.map(({ commitment }) => commitment.id)).toEqual([])
      // The sentence that founds the network is in no commitment of its pack.
      if (id === 'network-24-7') return
      const invented = proposals.filter(({ range }) => !cited.some(({ citation }) => overlap(range, citation)))
      expect(invented.map(({ range }) => wordsAt(text.body, range))).toEqual([])
    },
  )
})

test('[TE5] reading is the same whatever was read before', () => {
  const text = readFileSync(join(agreements, 'us-cn-2015', 'text.en.txt'), 'utf8')
  const first = readText(text)
  readText('双方同意建立热线。')
  readText('Each party shall answer.')
  expect(readText(text)).toEqual(first)
})

describe('[TE6] hostile words', () => {
  const pieces = fc.constantFrom(
    'agree ',
    'to ',
    'that ',
    'and ',
    ', ',
    'the two sides ',
    'not ',
    '"',
    '(',
    ')',
    'will ',
    'with ',
    '1',
    '20',
    ' of',
    ' every',
    'A.',
    '. ',
    '; ',
    '\n',
    '(a) ',
    '1. ',
    'no later than ',
    ' ',
    '-',
    "'s",
  )
  const chinese = fc.constantFrom(
    '双方',
    '同意',
    '，',
    '不',
    '的',
    '在',
    '每',
    '年',
    '一',
    '二',
    '十',
    '次',
    '后',
    '内',
    '收到',
    '“',
    '”',
    '将',
    '应',
    '。',
    '；',
    '（一）',
    '\n',
    '对',
    '进行',
  )

  test('[TE6] any mix of the words that rules look for is read, with places inside the text', () => {
    for (const piece of [pieces, chinese]) {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 200 }), (parts) => {
          const text = `the of ${parts.join('')}双`
          const { proposals } = readText(text, { language: piece === pieces ? 'en' : 'zh-Hans' })
          for (const { actor, conditions, object, operative, qualifiers, range, times } of proposals) {
            const places = [
              range,
              operative,
              object,
              ...conditions,
              ...(actor.range === undefined ? [] : [actor.range]),
            ]
            places.push(...qualifiers.map((each) => each.range), ...times.map((each) => each.range))
            for (const { end, start } of places) {
              expect(start).toBeLessThanOrEqual(end)
              expect(start >= 0 && end <= text.length).toBe(true)
            }
          }
        }),
        { numRuns: 200 },
      )
    }
  })

  // A pattern that costs more than the length of its text would not end within the time that any test has.
  const repeated = [
    'agree to ',
    'and ',
    '"',
    '(',
    'the two sides ',
    '1 ',
    ' ',
    'a',
    '同意',
    '，',
    '每一',
    '在',
    '1.',
    'no later than ',
    '收到后',
    '\n',
    '- ',
    "a's ",
    '1,',
    '一',
    'a-',
    '对',
  ]
  test.each(repeated)('[TE6] 120,000 units of %j are read', (piece) => {
    const text = `the of 双 ${piece.repeat(Math.ceil(120_000 / piece.length))}`
    try {
      expect(readText(text, { language: /[一-龥，]/.test(piece) ? 'zh-Hans' : 'en' }).sentences).toBeGreaterThanOrEqual(
        0,
      )
    } catch (error) {
      expect((error as { code?: string }).code).toBe('text.limit')
    }
  })
})
