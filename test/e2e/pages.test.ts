import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { actOnItem, sealFile, untilCustody } from './support/exhibits.ts'
import { codeLabel, labelsOf } from './support/labels.ts'
import type { Labels, Language } from './support/labels.ts'
import { lookOver } from './support/look.ts'
import { act, openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'
import { listForeignWords } from './support/wording.ts'

interface Place {
  readonly page: Page
  readonly labels: Labels
  readonly language: Language
}

/** Pages that belong to no channel. */
const ofNode: ReadonlySet<string> = new Set(['/inbox', '/notices', '/links', '/people', '/account'])

/** Each page by name: where it is, and what to do there before looking at it. */
const pages: readonly (readonly [name: string, path: string, act?: (place: Place) => Promise<unknown>])[] = [
  ['inbox', '/inbox'],
  ['notices', '/notices'],
  ['requests', '/requests'],
  ['requests, none', '/requests?status=conflict'],
  ['request', '/requests/{request}', ({ labels, page }) => page.getByText(labels.notNow).click()],
  ['request, fresh', '/requests/{fresh}'],
  [
    'form',
    '/requests/{fresh}',
    async ({ labels, page }) => {
      await page.getByRole('button', { name: labels.deeds['request.returned'] }).click()
      await see(page.getByRole('dialog').getByRole('checkbox'))
    },
  ],
  [
    'confirmation',
    '/requests/{fresh}',
    async ({ labels, page }) => {
      await page.keyboard.press('a')
      await page.getByRole('dialog').getByRole('button', { name: labels.addText }).click()
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: new RegExp(`^${labels.text}`) })
        .fill('12345')
      await page.getByRole('dialog').getByRole('button', { name: labels.lookOver }).click()
      await page.getByRole('alertdialog').getByRole('group').click()
    },
  ],
  ['new request', '/requests/new'],
  [
    'new request, faulty',
    '/requests/new',
    async ({ labels, page }) => {
      await page.getByRole('button', { name: labels.addTranslation }).click()
      await page.getByRole('button', { name: labels.lookOver }).click()
      await see(page.getByRole('alert'))
    },
  ],
  ['evidence', '/evidence', ({ page }) => see(page.getByRole('row').nth(1))],
  [
    'evidence, form',
    '/evidence',
    async ({ labels, page }) => {
      await page.getByRole('button', { name: labels.addEvidence }).click()
      const form = page.getByRole('dialog')
      await form.locator('button[type=submit]').click()
      await see(form.getByRole('alert'))
      await form.locator('input[type=file]').setInputFiles({ name: '12.34', mimeType: 'x/y', buffer: Buffer.alloc(9) })
      await see(form.getByRole('list').getByText('12.34'))
    },
  ],
  [
    'evidence, sealed',
    '/evidence',
    async ({ labels, page }) => {
      await page.getByRole('button', { name: labels.addEvidence }).click()
      const form = page.getByRole('dialog')
      await form.locator('input[type=file]').setInputFiles({ name: '12.34', mimeType: 'x/y', buffer: Buffer.alloc(9) })
      await form.locator('button[type=submit]').click()
      await seeGone(form)
      await see(page.getByRole('list').getByRole('link'))
    },
  ],
  ['evidence, an item', '/evidence/{item}', ({ page }) => see(page.getByRole('row').nth(1))],
  ['evidence, erased', '/evidence/{erased}', ({ labels, page }) => page.getByText(labels.notNow).click()],
  ['drafts', '/drafts'],
  ['releases', '/releases'],
  ['hotline', '/hotline'],
  ['call', '/hotline/{call}'],
  ['directory', '/directory'],
  ['people', '/people'],
  ['account', '/account'],
  ['agreement', '/agreement'],
  ['record', '/record', ({ page }) => see(page.getByRole('group'))],
  ['log', '/record/{log}', ({ page }) => see(page.getByRole('row').nth(2))],
  ['log, signatures', '/record/{log}', ({ page }) => page.getByRole('tab').last().click()],
  [
    'entry',
    '/record/{log}/1',
    async ({ labels, page }) => {
      await see(page.getByText(labels.verified, { exact: true }))
      await page.getByRole('group').first().click()
    },
  ],
  [
    'links',
    '/links',
    async ({ labels, page }) => {
      await page.getByRole('button', { name: labels.testLink }).click()
      await see(page.getByText(labels.linkWorks))
    },
  ],
  ['missing request', `/requests/${'0'.repeat(64)}`],
  ['missing evidence', `/evidence/${'0'.repeat(64)}`],
  ['keys', '/requests', ({ page }) => page.keyboard.press('?')],
  ['commands', '/requests', ({ page }) => page.keyboard.press('Control+k')],
]

describeInBrowser('every page', () => {
  let browser: Browser
  let nodes: TwoNodes
  let request: string
  let fresh: string
  let log: string
  let item: string
  let erased: string
  let call: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    const { cn, us } = nodes
    request = await openRequest(
      us,
      { language: 'zh-Hans', text: '198.51.100.7 的注册信息\n\n请告知该服务器的运营者。' },
      {
        translation: {
          language: 'en',
          text: 'Subscriber of 198.51.100.7\n\nPlease tell us who operated it.',
          by: 'Liaison desk',
        },
        fields: { 'time-range': '2026-10-12 / 2026-10-19' },
        names: [{ name: '张三', as: 'contact', language: 'zh-Hans' }],
      },
    )
    await act(cn, request, 'request.acknowledged', { office: '24-7' })
    await act(cn, request, 'request.returned', { reasons: ['incomplete'], missing: ['time-range'] })
    await act(
      us,
      request,
      'request.supplemented',
      { particulars: ['time-range'] },
      { language: 'zh-Hans', text: '10月12日至19日' },
    )
    await act(cn, request, 'request.accepted', { expected: Date.now() + 86_400_000, conditions: ['confidential'] })
    await act(cn, request, 'request.updated', { stage: 'being-executed' })
    const answer = { outcome: 'part', ground: 'domestic-law', handling: 'amber', use: 'intelligence-only' }
    await act(cn, request, 'request.answered', answer, { language: 'zh-Hans', text: '已查明。' })
    fresh = await openRequest(cn, { language: 'zh-Hans', text: '请保全日志' })
    await untilThere(us, fresh)
    const bytes = new Uint8Array(100_000)
    item = await sealFile(us, '2026-10.log', bytes, request)
    await actOnItem(us, item, 'evidence.given', { to: 'cn', conditions: ['confidential'] })
    await untilCustody(us, item, 'cn', 'received')
    erased = await sealFile(cn, '12.bin', bytes)
    await actOnItem(cn, erased, 'evidence.given', { to: 'us' })
    await untilCustody(cn, erased, 'us', 'received')
    await actOnItem(cn, erased, 'evidence.erased', { ground: 'sent-in-error', rule: '7', confirm: ['us'] })
    await untilCustody(us, erased, 'cn', 'erased')
    const raising = { to: 'cn', level: 'working', purpose: 'use', reason: 'attack-under-way' }
    const raised = await us.client.appendAct({
      params: { channel: nodes.channel },
      body: { type: 'hotline.raised', data: raising },
    })
    call = raised.entry.digest
    const { items } = await us.client.listLogs()
    log = items.find(({ channel, own }) => own && channel === nodes.channel)!.id
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  describe.each(['en', 'zh-Hans'] as const)('in %s', (language) => {
    let person: Person

    beforeAll(async () => {
      person = await seatPerson(browser, nodes.us, { language })
      person.expectRefusals(/\/(?:requests|evidence)\/0{64}$/)
      await person.signIn()
    })
    afterAll(() => person.leave())

    test('sign-in', async () => {
      const stranger = await seatPerson(browser, nodes.us, { language })
      await stranger.visit('/')
      expect(await lookOver(stranger, 'sign-in')).toEqual([])
      expect(stranger.complaints).toEqual([])
      await stranger.leave()
    })

    test.each(pages.map(([name, path, act]) => ({ name, path, act })))('$name', async ({ act, name, path }) => {
      const { page, visit } = person
      const ids: Readonly<Record<string, string>> = { call, erased, fresh, item, log, request }
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!)
      await page.goto('about:blank')
      await visit(ofNode.has(path) ? path : `/channels/${nodes.channel}${filled}`)
      await act?.({ page, labels: labelsOf(language), language })
      expect(await lookOver(person, name)).toEqual([])
    })

    test('nothing went wrong on any page', () => expect(person.complaints).toEqual([]))
  })

  test('the switch of the language is in its own language and takes the page at once', async () => {
    const person = await seatPerson(browser, nodes.us, { language: 'en' })
    await person.signIn()
    await person.page.getByRole('button', { name: '简体中文' }).click()
    await see(person.page.getByRole('heading', { level: 1, name: labelsOf('zh-Hans').inbox }))
    await see(person.page.getByRole('row').getByText(codeLabel('zh-Hans', 'requestStatus.open'), { exact: true }))
    await person.page.reload()
    await see(person.page.getByRole('heading', { level: 1, name: labelsOf('zh-Hans').inbox }))
    expect(await listForeignWords(person.page, 'zh-Hans')).toEqual([])
    expect(person.complaints).toEqual([])
    await person.leave()
  })
})
