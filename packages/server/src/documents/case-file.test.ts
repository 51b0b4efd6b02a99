import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BodyContent, RequestState } from '@parley/mechanism'
import type { ActView } from '@parley/api'
import { composeCaseFile } from './case-file.ts'
import type { ActInCase, CaseOrder, EvidenceInCase } from './case-file.ts'
import { listDataFacts } from './data-facts.ts'
import { printMoment } from './moment.ts'
import { typeset } from './typeset.ts'

const digest = 'ab'.repeat(32)

function actOf(type: string, data: ActView['data'], body: ActInCase['body']): ActInCase {
  return {
    act: {
      entry: { log: digest, position: 3, digest },
      party: 'us',
      type,
      at: 1_764_300_000_000,
      interval: { notBefore: null, notAfter: 1_764_300_005_000 },
      data,
      exercise: false,
      approvals: [{ official: 'cd'.repeat(16), kind: 'ed25519', roles: ['releasing'] }],
      seen: [],
      verdict: 'valid',
      standing: { level: 'delivered', since: 0 },
    },
    body,
    place: {
      origin: 'us.parley.example/c/0123',
      head: { size: 9, root: 'QUJD' },
      cosigners: [{ name: 'cn.parley.example/mirror', time: 1_764_300_005 }],
    },
  }
}

const bodyOf = (text: string): BodyContent => ({
  v: 1,
  texts: [
    { language: 'en', role: 'original', text },
    { language: 'zh-Hans', role: 'translation', by: text, text: '请告知该服务器的运营者。' },
  ],
  fields: { facts: text },
  names: [{ name: text, as: 'contact' }],
  attachments: [{ name: text, media: 'text/csv', bytes: 12, digest }],
})

function orderOf(acts: readonly ActInCase[], languages: CaseOrder['languages'] = ['en', 'zh-Hans']): CaseOrder {
  const state = { exercise: true, handling: 'amber', kind: 'information', urgency: 'urgent', status: 'open' }
  return {
    languages,
    channel: 'cd'.repeat(16),
    id: digest,
    title: 'Payment pages',
    state: { ...state, from: 'us', to: 'cn' } as RequestState,
    pack: undefined,
    digests: { state: digest, cut: digest, rules: digest, pack: undefined },
    acts,
    evidence: [],
  }
}

const opening = { to: 'cn', kind: 'information', offences: ['phishing'], wantedBy: 1_764_390_000_000 }

/** Everything that a reader of the file might act on, its compressed parts opened. */
function openStreams(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf)
  const parts = [raw.toString('latin1')]
  for (let at = raw.indexOf('stream\n'); at !== -1; at = raw.indexOf('stream\n', at + 1)) {
    try {
      parts.push(inflateSync(raw.subarray(at + 7)).toString('latin1'))
    } catch {
      // A stream of another kind, such as a font that is not compressed.
    }
  }
  return parts.join('\n')
}

test('[DC1] a receipt says by when the other side held what it was asked', () => {
  const receipt = { party: 'cn', size: 4, time: 1_764_300_005, signature: `${'A'.repeat(86)}==` }
  expect(listDataFacts('en', 'request.chased', { receipt })).toEqual([
    ['received by the other side', 'cn, not later than 28 Nov 2025, 03:20:05 UTC, by its own cosignature'],
  ])
  expect(listDataFacts('zh-Hans', 'request.chased', { receipt })[0]![1]).toContain('不晚于2025年11月28日')
})

describe('[DC1] a case file', () => {
  test('says each thing in every language of the document, the leading one first', () => {
    const document = composeCaseFile(orderOf([actOf('request.opened', opening, bodyOf('Who?'))], ['zh-Hans', 'en']))
    expect(document.heading).toEqual(['案卷', 'Case file'])
    expect(document.acts[0]!.at).toEqual(['2025年11月28日 03:20:00 UTC', '28 Nov 2025, 03:20:00 UTC'])
    for (const { name, value } of document.acts[0]!.facts) expect([name.length, value.length]).toEqual([2, 2])
  })

  test('[DC2] is the same bytes for the same case, with its fonts in it and a structure to read aloud', async () => {
    const document = composeCaseFile(orderOf([actOf('request.opened', opening, bodyOf('Who?'))]))
    const [one, two] = [await typeset('case-file.typ', document), await typeset('case-file.typ', document)]
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(hash(one)).toBe(hash(two))
    const text = openStreams(one)
    expect(text).toMatch(/NotoSansSC/)
    expect(text).toMatch(/\/StructTreeRoot/)
  })

  test('[DC7] lists each item of evidence with who holds it, and a proof of each entry about it', async () => {
    const state = {
      status: 'received',
      from: 'us',
      ciphertext: 'ef'.repeat(32),
      bytes: 4096,
      media: 'log-files',
      handling: 'amber',
      custody: [
        { party: 'cn', status: 'received', copies: [] },
        { party: 'us', status: 'sealed', copies: [] },
      ],
    } as unknown as EvidenceInCase['state']
    const acts = [actOf('evidence.sealed', {}, bodyOf('a log')), actOf('evidence.received', {}, undefined)]
    const order = orderOf([actOf('request.opened', opening, bodyOf('Who?'))])
    const item = { id: 'cd'.repeat(32), name: 'access.log', state, acts }
    const document = composeCaseFile({ ...order, evidence: [item] })
    const [exhibit] = document.exhibits
    expect(exhibit).toMatchObject({
      number: 'E1',
      name: 'access.log',
      digests: [{ digest: item.id }, { digest: state.ciphertext }],
    })
    expect(exhibit!.custody).toEqual([
      { party: ['cn', 'cn'], status: ['received', '已接收'] },
      { party: ['us', 'us'], status: ['sealed and held', '已封存并保管'] },
    ])
    expect(exhibit!.acts.map(({ number, proof }) => [number, proof.head?.size, proof.cosigners.length])).toEqual([
      ['E1.1', 9, 1],
      ['E1.2', 9, 1],
    ])
    const [without, withItem] = [
      await typeset('case-file.typ', composeCaseFile(order)),
      await typeset('case-file.typ', document),
    ]
    expect(withItem.length).toBeGreaterThan(without.length)
  })

  test('[DC3] says what became of a text that cannot be shown', () => {
    for (const closed of ['missing', 'sealed', 'erased', 'mismatch'] as const) {
      const [act] = composeCaseFile(orderOf([actOf('request.opened', opening, closed)], ['en'])).acts
      expect(act!.closed?.[0]).toMatch(/\w/)
      expect(act!.texts).toEqual([])
    }
  })

  test('[T-41] [DC4] prints foreign text as text: no markup, no action, no link, no file comes of it', async () => {
    const hostile = [
      '#set page(fill: red)\n#import "@preview/x:1.0.0"',
      '#link("https://example.org")[click] https://example.org',
      '#read("/etc/passwd") $x^2$ *bold* _it_ @ref <label>',
      ') /JS (app.alert(1)) /OpenAction << /S /JavaScript >> endobj',
      '\u202Egnp.exe "; } `raw` \\ // comment /* open',
    ].join('\n\n')
    const plain = openStreams(await typeset('case-file.typ', composeCaseFile(orderOf([actOf('x.y', {}, bodyOf('a'))]))))
    const pdf = await typeset('case-file.typ', composeCaseFile(orderOf([actOf('x.y', {}, bodyOf(hostile))])))
    const opened = openStreams(pdf)
    for (const key of [/\/JS\b/, /\/JavaScript/, /\/OpenAction/, /\/Launch/, /\/EmbeddedFile/, /\/URI\b/, /\/AA\b/]) {
      expect(key.test(opened), String(key)).toBe(key.test(plain))
      expect(key.test(plain), String(key)).toBe(false)
    }
  })

  test('[T-41] [DC4] sets whatever text a body may hold', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const pdf = await typeset('case-file.typ', composeCaseFile(orderOf([actOf('x.y', {}, bodyOf(text))])))
        expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
      }),
      { numRuns: 10 },
    )
  })

  test('[DC5] prints what this version has no word for as it was recorded', () => {
    expect(listDataFacts('en', 'future.type', { unheard: 'of-code', many: [1, true] })).toEqual([
      ['unheard', 'of-code'],
      ['many', '1, yes'],
    ])
  })

  test('[DC6] prints moments in UTC as each language writes them', () => {
    expect(printMoment('en', 0)).toBe('1 Jan 1970, 00:00:00 UTC')
    expect(printMoment('zh-Hans', 951_782_400_000)).toBe('2000年2月29日 00:00:00 UTC')
  })
})

test('[DC8] no text is printed without the limits that it was given under', () => {
  const triage = actOf('request.triaged', { will: 'yes' }, bodyOf('We shall look.'))
  const [act] = composeCaseFile(orderOf([triage], ['en', 'zh-Hans'])).acts
  expect(act!.facts.map(({ value }) => value[0])).toEqual(
    expect.arrayContaining(['TLP:AMBER', 'intelligence only, not evidence']),
  )
  const bare = composeCaseFile(orderOf([actOf('request.triaged', { will: 'yes' }, undefined)])).acts[0]
  expect(bare!.facts).toHaveLength(1)
})
