import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { openRequest } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

/** How late a part of the page comes. */
const partMilliseconds = 200

describeInBrowser('signing in', () => {
  let browser: Browser
  let nodes: TwoNodes

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  async function withOfficer(work: (officer: Person) => Promise<void>): Promise<void> {
    const officer = await seatPerson(browser, nodes.us, { language: 'en' })
    try {
      await work(officer)
      expect(officer.complaints).toEqual([])
    } finally {
      await officer.leave()
    }
  }

  const storedIn = ({ page }: Person) =>
    page.evaluate(`(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      cookies: document.cookie,
    }))()`)
  const nothing = { local: [], session: [], databases: [], caches: [], cookies: '' }

  test('a missing token is asked for beside its field and in the summary', () =>
    withOfficer(async ({ page, visit }) => {
      await visit('/')
      await page.getByRole('button', { name: 'Sign in' }).click()
      const summary = page.getByRole('alert')
      await see(summary.getByRole('link', { name: 'Paste the operator’s token' }))
      await summary.getByRole('link').click()
      const field = page.getByLabel('Operator’s token')
      await see(page.locator('input[type=password]:focus'))
      expect(await field.getAttribute('aria-invalid')).toBe('true')
    }))

  test('a wrong token is refused in plain words, with what is safe and what to do', () =>
    withOfficer(async ({ page, visit }) => {
      await visit('/')
      await page.getByLabel('Operator’s token').fill('x'.repeat(43))
      await page.getByRole('button', { name: 'Sign in' }).click()
      const refusal = page.getByRole('alert')
      await see(refusal.getByText('This token opens nothing here'))
      expect(await refusal.innerText()).toContain('Nothing was changed or lost.')
      expect(await refusal.innerText()).toContain('session.token')
      expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0)
    }))

  test('a token that is typed opens the console, and the field hides it', () =>
    withOfficer(async ({ desk, page, visit }) => {
      await visit('/')
      const field = page.getByLabel('Operator’s token')
      expect(await field.getAttribute('type')).toBe('password')
      await field.fill(desk.token)
      await field.press('Enter')
      await see(page.getByRole('navigation', { name: 'Pages' }))
    }))

  test('the token of a link is gone from the address and from the history', () =>
    withOfficer(async (officer) => {
      const asked: string[] = []
      officer.page.on('request', (request) => asked.push(request.url()))
      await officer.signIn()
      const { page } = officer
      await see(page.getByRole('heading', { name: 'Inbox', level: 1 }))
      expect(page.url()).not.toContain(officer.desk.token)
      expect(new URL(page.url()).hash).toBe('')
      expect(asked.length).toBeGreaterThan(0)
      expect(asked.filter((url) => url.includes(officer.desk.token))).toEqual([])
      const session = await officer.context.newCDPSession(page)
      const { entries } = await session.send('Page.getNavigationHistory')
      expect(entries.length).toBeGreaterThan(0)
      expect(entries.filter(({ url }) => url.includes(officer.desk.token))).toEqual([])
    }))

  test('a link followed while the sign-in is open works too, and its token does not stay in the address', () =>
    withOfficer(async ({ desk, page, visit }) => {
      await visit('/')
      await page.goto(`${desk.origin}/#token=${desk.token}`)
      await see(page.getByRole('navigation', { name: 'Pages' }))
      expect(page.url()).not.toContain(desk.token)
    }))

  test('a link followed by somebody who is signed in does not sign them in again after they have signed out', () =>
    withOfficer(async (officer) => {
      const { page } = officer
      await officer.signIn()
      await officer.signIn()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await see(page.getByRole('heading', { name: 'Sign in' }))
      await page.getByLabel('Operator’s token').fill('still here')
      expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0)
      expect(await officer.context.cookies()).toEqual([])
    }))

  test('a part of the page that comes only after the sign-out asks for nothing', () =>
    withOfficer(async (officer) => {
      const { page } = officer
      await officer.signIn()
      await page.route(/ringing-calls/, async (route) => {
        await setTimeout(partMilliseconds)
        await route.continue()
      })
      await officer.signIn()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await see(page.getByRole('heading', { name: 'Sign in' }))
      await setTimeout(2 * partMilliseconds)
    }))

  test('a session is a cookie that no script reads, and nothing of the work is stored', () =>
    withOfficer(async (officer) => {
      await openRequest(nodes.us, { language: 'en', text: 'Kept nowhere in the browser' })
      await officer.signIn()
      await see(officer.page.getByRole('link', { name: 'Kept nowhere in the browser' }))
      const cookies = await officer.context.cookies()
      const session = cookies.filter(({ httpOnly }) => httpOnly)
      expect(session).toHaveLength(1)
      expect(session[0]).toMatchObject({ sameSite: 'Strict', path: '/' })
      expect(await storedIn(officer)).toEqual(nothing)
    }))

  test('[T-16] after signing out nothing is left, and the way back shows nothing', () =>
    withOfficer(async (officer) => {
      const { page } = officer
      await openRequest(nodes.us, { language: 'en', text: 'Only for those who are signed in' })
      await officer.signIn()
      await page.getByRole('link', { name: 'Only for those who are signed in' }).click()
      await see(page.getByRole('heading', { name: 'Only for those who are signed in' }))
      await page.getByRole('button', { name: 'Sign out' }).click()
      await see(page.getByRole('heading', { name: 'Sign in' }))
      await seeGone(page.getByText('Only for those who are signed in'))
      expect(await officer.context.cookies()).toEqual([])
      expect(await storedIn(officer)).toEqual(nothing)

      for (const turn of ['back', 'forward'] as const) {
        await (turn === 'back' ? page.goBack() : page.goForward())
        await see(page.getByRole('heading', { name: 'Sign in' }))
        expect(await page.locator('body').innerText()).not.toContain('Only for those who are signed in')
        expect(await page.title()).not.toContain('Only for those')
      }
      await page.reload()
      await see(page.getByRole('heading', { name: 'Sign in' }))
    }))

  test('a session that ended elsewhere gives way to the sign-in at the next question', () =>
    withOfficer(async (officer) => {
      const { context, page } = officer
      officer.expectRefusals(/\/api\//)
      await officer.signIn()
      await see(page.getByRole('heading', { name: 'Inbox', level: 1 }))
      await context.clearCookies()
      await page.getByRole('link', { name: 'Agreement' }).click()
      await see(page.getByRole('heading', { name: 'Sign in' }))
    }))
})
