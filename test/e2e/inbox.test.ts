import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { tabTo } from './support/keyboard.ts'
import { openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const english = 'Logs of one server'
const chinese = '请保全服务器日志'

describeStory('the inbox without a pointer', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    const requests = [
      await openRequest(nodes.cn, { language: 'en', text: `${english}\n\nThe host is 198.51.100.7.` }),
      await openRequest(nodes.cn, { language: 'zh-Hans', text: chinese }),
    ]
    for (const request of requests) await untilThere(nodes.us, request)
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    await us.signIn()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const row = (title: string) => us.page.getByRole('row').filter({ has: us.page.getByRole('link', { name: title }) })

  async function search(text: string): Promise<void> {
    await us.page.keyboard.press('/')
    await see(us.page.getByRole('searchbox', { name: us.labels.search }).and(us.page.locator(':focus')))
    await us.page.keyboard.press('Control+a')
    await us.page.keyboard.insertText(text)
    await us.page.keyboard.press('Enter')
  }

  test('the inbox is the first page, with what came in marked as news', async () => {
    await see(us.page.getByRole('heading', { level: 1, name: us.labels.inbox }))
    for (const title of [english, chinese]) await see(row(title).getByText('News', { exact: true }))
  })

  test('what only the text says is found in both languages', async () => {
    await search('198.51')
    await seeGone(row(chinese))
    await see(row(english))
    await search('服务器')
    await seeGone(row(english))
    await see(row(chinese))
    await us.page.keyboard.press('Escape')
    await see(row(english))
  })

  test('j goes to a row, t takes it and w watches it', async () => {
    const { page } = us
    await page.locator('h1').focus()
    await page.keyboard.press('j')
    const focused = page.getByRole('row').filter({ has: page.locator('a:focus') })
    await see(focused)
    await page.keyboard.press('t')
    await see(focused.getByText(/^With operator/))
    await page.keyboard.press('w')
    await see(focused.getByText('Watched', { exact: true }))
  })

  test('a filter stands in the address and is kept under a name', async () => {
    const { page } = us
    await tabTo(page, page.getByRole('combobox', { name: 'Who has it' }))
    await page.keyboard.type('Mine')
    await page.waitForURL(/assigned=me/)
    await see(page.getByRole('button', { name: 'Keep this filter' }))
    await tabTo(page, page.getByRole('button', { name: 'Keep this filter' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Keep this filter' })
    await tabTo(page, dialog.getByLabel('Name of the filter'))
    await page.keyboard.insertText('On my desk')
    await page.keyboard.press('Enter')
    await seeGone(dialog)
    await see(page.getByRole('list', { name: 'Kept filters' }).getByRole('link', { name: 'On my desk' }))
    await us.visit('/')
    await tabTo(page, page.getByRole('link', { name: 'On my desk' }))
    await page.keyboard.press('Enter')
    await page.waitForURL(/assigned=me/)
    // The head and one row: the request that was taken.
    await seeGone(page.getByRole('row').nth(2))
    await see(page.getByRole('row').nth(1))
  })

  test('a opens the acknowledgement of the row, and what was opened is no news any more', async () => {
    const { page } = us
    await page.locator('h1').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await see(page.getByRole('dialog'))
    await page.keyboard.press('Escape')
    await us.visit('/inbox?assigned=me')
    await see(page.getByRole('row').nth(1))
    await seeGone(page.getByText('News', { exact: true }))
    expect(us.complaints).toEqual([])
  })
})
