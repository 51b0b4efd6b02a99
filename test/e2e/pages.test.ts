import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { codeLabel, labelsOf } from './support/labels.ts'
import type { Labels, Language } from './support/labels.ts'
import { act, openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'
import { listForeignWords } from './support/wording.ts'

/** Where pictures go, for people who want to look at the pages. */
const pictures = process.env['PARLEY_PICTURES']
const narrowWidth = 320
/** A4 less the margins of the print style, in CSS pixels. */
const paperWidth = 672

/** How far the page is wider than its window, once the page has settled in it. */
const measureOverflow = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.documentElement.scrollWidth - document.documentElement.clientWidth))))`
const tooWide = (pixels: number): string[] => (pixels > 0 ? [`${pixels} px too wide`] : [])

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
    'evidence, adding',
    '/evidence',
    async ({ language, page }) => {
      await page.getByRole('button', { name: language === 'en' ? 'Add evidence' : '添加证据' }).click()
      const form = page.getByRole('dialog')
      await form.locator('input[type=file]').setInputFiles({ name: '12.34', mimeType: 'x/y', buffer: Buffer.alloc(9) })
      await form.locator('button[type=submit]').click()
      await seeGone(form)
      await see(page.getByRole('list').getByText('12.34'))
    },
  ],
  ['evidence, an item', '/evidence/{item}', ({ page }) => see(page.getByRole('row').nth(1))],
  ['evidence, erased', '/evidence/{erased}', ({ labels, page }) => page.getByText(labels.notNow).click()],
  ['drafts', '/drafts'],
  ['draft', '/drafts/{draft}'],
  ['releases', '/releases'],
  ['release', '/releases/{draft}'],
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
  let draft: string
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
    const { items } = await us.client.listLogs()
    log = items.find(({ channel, own }) => own && channel === nodes.channel)!.id
    browser = await launchBrowser()
    if (pictures !== undefined) await mkdir(pictures, { recursive: true })
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const take = async (page: Page, name: string): Promise<void> => {
    if (pictures === undefined) return
    await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
  }

  /** Everything that is wrong with the page that is open, in both schemes, narrow and on paper. */
  async function look({ language, page }: Pick<Person, 'language' | 'page'>, name: string): Promise<string[]> {
    const wrong: string[] = []
    const find = (kind: string, found: readonly string[]) => wrong.push(...found.map((what) => `${kind}: ${what}`))
    const overflow = async () => page.evaluate<number>(measureOverflow)
    const { height, width } = page.viewportSize()!
    find('words', await listForeignWords(page, language))
    find('light', await listViolations(page))
    await take(page, `${name} ${language}`)
    await page.emulateMedia({ colorScheme: 'dark' })
    find('dark', await listViolations(page, 'colours'))
    await take(page, `${name} ${language} dark`)
    await page.setViewportSize({ width: narrowWidth, height: 700 })
    find('narrow', tooWide(await overflow()))
    await take(page, `${name} ${language} narrow`)
    await page.setViewportSize({ width: paperWidth, height })
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    find('paper', await listOnPaper(page))
    find('paper', tooWide(await overflow()))
    await take(page, `${name} ${language} paper`)
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
    await page.setViewportSize({ width, height })
    return wrong
  }

  /** What has no use on paper, or could not be read there. */
  async function listOnPaper(page: Page): Promise<string[]> {
    return page.evaluate<string[]>(`(() => {
      const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0
      const controls = [...document.querySelectorAll('article button, article [class*=button], nav, [data-screen-only]')].filter(seen)
      const background = getComputedStyle(document.documentElement).backgroundColor
      return [
        ...controls.map((element) => 'a control: ' + element.outerHTML.slice(0, 120)),
        ...(background === 'rgb(255, 255, 255)' ? [] : ['paper that is ' + background]),
        ...(document.querySelector('main h1')?.checkVisibility() === false ? ['no heading'] : []),
      ]
    })()`)
  }

  describe.each(['en', 'zh-Hans'] as const)('in %s', (language) => {
    let person: Person

    beforeAll(async () => {
      person = await seatPerson(browser, nodes.us, { language })
      person.expectRefusals(/\/requests\/0{64}$/)
      await person.signIn()
    })
    afterAll(() => person.leave())

    test('sign-in', async () => {
      const stranger = await seatPerson(browser, nodes.us, { language })
      await stranger.visit('/')
      expect(await look(stranger, 'sign-in')).toEqual([])
      expect(stranger.complaints).toEqual([])
      await stranger.leave()
    })

    test.each(pages.map(([name, path, act]) => ({ name, path, act })))('$name', async ({ act, name, path }) => {
      const { page, visit } = person
      const ids: Readonly<Record<string, string>> = { call, draft, erased, fresh, item, log, request }
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!)
      await page.goto('about:blank')
      await visit(ofNode.has(path) ? path : `/channels/${nodes.channel}${filled}`)
      await act?.({ page, labels: labelsOf(language), language })
      expect(await look(person, name)).toEqual([])
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
