import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { isFocusInView, tabTo } from './support/keyboard.ts'
import { codeLabel } from './support/labels.ts'
import { countActs, countEntries, openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const titles = ['First matter', 'Second matter', 'Third matter']

describeStory('the main task without a pointer', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person
  let requests: string[]

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    requests = []
    for (const text of titles) requests.push(await openRequest(nodes.cn, { language: 'en', text }))
    for (const request of requests) await untilThere(nodes.us, request)
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)

  test('signing in', async () => {
    const { desk, labels, page, visit } = us
    await visit('/')
    await tabTo(page, page.getByLabel(labels.token))
    await page.keyboard.insertText(desk.token)
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { level: 1, name: labels.inbox }))
  })

  test('the first stop skips to the content', async () => {
    const { page } = us
    await page.reload()
    await see(page.getByRole('link', { name: titles[0]! }))
    await page.keyboard.press('Tab')
    await see(page.getByRole('link', { name: 'Skip to the content' }).and(page.locator(':focus')))
    await page.keyboard.press('Enter')
    await see(page.locator('main:focus'))
  })

  test('? shows every key, and Escape closes it', async () => {
    const { labels, page } = us
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: labels.keys })
    await see(keys)
    for (const words of [labels.search, labels.commands, 'Next row', 'Previous row', 'Open what has the focus']) {
      await see(keys.getByText(words, { exact: true }))
    }
    await page.keyboard.press('Escape')
    await seeGone(keys)
  })

  test('Ctrl+K finds a page by a few letters', async () => {
    const { labels, page } = us
    for (const [letters, heading] of [
      ['agree', /^Outcomes/],
      ['recor', labels.record],
      ['link', labels.links],
      ['received', labels.requests],
    ] as const) {
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog', { name: labels.commands })
      await see(palette)
      await page.keyboard.type(letters)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await seeGone(palette)
      await see(page.getByRole('heading', { level: 1, name: heading }))
    }
    expect(page.url()).toContain('direction=incoming')
  })

  test('/ goes to the search, whose letters are letters, and Enter searches', async () => {
    const { labels, page } = us
    await page.keyboard.press('/')
    const search = page.getByRole('searchbox', { name: labels.search })
    await see(search.and(page.locator(':focus')))
    await page.keyboard.type('third?jk')
    expect(await search.inputValue()).toBe('third?jk')
    expect(await page.getByRole('dialog').count()).toBe(0)
    for (const _ of 'third?jk'.slice(5)) await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await seeGone(page.getByRole('link', { name: titles[0]! }))
    await see(page.getByRole('link', { name: titles[2]! }))
    await page.keyboard.press('Escape')
    await see(page.getByRole('link', { name: titles[0]! }))
  })

  test('j and k move between the rows, and Enter opens', async () => {
    const { page } = us
    await page.getByRole('heading', { level: 1 }).focus()
    const focused = page.locator('a:focus')
    const stops: string[] = []
    for (const key of ['j', 'j', 'j', 'j', 'k']) {
      await page.keyboard.press(key)
      await see(page.getByRole('row').getByRole('link').and(page.locator(':focus')))
      stops.push(await focused.innerText())
    }
    const rows = await page.getByRole('table').getByRole('link').allInnerTexts()
    expect(stops).toEqual([rows[0], rows[1], rows[2], rows[2], rows[1]])
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { level: 1, name: rows[1]! }))
    await see(page.locator('h1:focus'))
  })

  test('a opens the acknowledgement, which takes three more deliberate keys', async () => {
    const { labels, page } = us
    const request = new URL(page.url()).pathname.split('/').at(-1)!
    const before = await countEntries(nodes.us)
    await page.keyboard.press('a')
    const form = page.getByRole('dialog', { name: labels.deeds['request.acknowledged'] })
    await see(form)
    for (const key of ['a', 'Enter', ' ']) await page.keyboard.press(key)
    expect(await countEntries(nodes.us)).toBe(before)
    await tabTo(page, form.getByRole('button', { name: labels.lookOver }))
    await page.keyboard.press('Enter')
    const confirmation = page.getByRole('alertdialog')
    await see(confirmation)
    await page.keyboard.press('Enter')
    await see(confirmation)
    expect(await countEntries(nodes.us)).toBe(before)
    await tabTo(page, confirmation.getByRole('button', { name: labels.recordAndSend }))
    await page.keyboard.press('Enter')
    await seeGone(confirmation)
    await see(page.getByText(en('requestStatus.acknowledged'), { exact: true }))
    expect(await countActs(nodes.us, request)).toBe(2)
  })

  test('a long form shows the control that has the focus', async () => {
    const { labels, page } = us
    await tabTo(page, page.getByRole('button', { name: labels.deeds['request.returned'] }))
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: labels.deeds['request.returned'] })
    await see(form)
    const last = form.getByRole('checkbox', { name: en('particular.earlier-requests') })
    await tabTo(page, last)
    expect(await isFocusInView(page)).toBe(true)
    await page.keyboard.press('Space')
    expect(await last.isChecked()).toBe(true)
    await tabTo(page, form.getByRole('button', { name: labels.leave }))
    await page.keyboard.press('Enter')
    await seeGone(form)
  })

  test('after a dialogue the focus is where it was', async () => {
    const { labels, page } = us
    await see(page.getByRole('button', { name: labels.deeds['request.returned'] }).and(page.locator(':focus')))
  })

  test('single letters can be switched off, and Ctrl+K still works', async () => {
    const { labels, page } = us
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: labels.keys })
    const letters = keys.getByRole('checkbox', { name: 'Letters without Ctrl or ⌘ do things' })
    await tabTo(page, letters)
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    await seeGone(keys)
    await page.keyboard.press('?')
    await page.keyboard.press('a')
    await page.keyboard.press('Control+k')
    await see(page.getByRole('dialog', { name: labels.commands }))
    expect(await page.getByRole('dialog').count()).toBe(1)
  })

  test('nothing went wrong on the page', () => expect(us.complaints).toEqual([]))
})
