// A person before a console: one page of a browser that no other person shares, in a language of their own. Whatever a
// page must never do is written down while they work: requests to another host, refusals by the content security
// policy, errors, dialogues of the browser.

import type { Browser, BrowserContext, ConsoleMessage, Locator, Page, Request } from 'playwright-core'
import { labelsOf } from './labels.ts'
import type { Labels, Language } from './labels.ts'
import type { Desk } from './two-nodes.ts'

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly language: Language
  readonly labels: Labels
  readonly desk: Desk
  /** What went wrong so far; empty when nothing did. */
  readonly complaints: readonly string[]
  /** Goes to a path of the console. */
  visit(path: string): Promise<void>
  /** Waits until everything that the page has asked for is there and drawn. */
  settle(): Promise<void>
  /** Opens the console by the link that the node printed. */
  signIn(): Promise<void>
  /** Refusals of this address are part of the test. */
  expectRefusals(address: RegExp): void
  leave(): Promise<void>
}

export interface Seat {
  readonly language: Language
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
}

const patienceMilliseconds = 15_000
/** Before a sign-in the console asks whether there is a session, and the browser reports the refusal. */
const sessionQuestion = /\/api\/session$/

const nextFrames = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'
/** The stream of events stays open as long as the page. */
const stream = /\/api\/events$/

/** How many requests of the page have not ended yet. */
function countPending(page: Page): () => number {
  const pending = new Set<Request>()
  page.on('request', (request) => {
    if (!stream.test(request.url())) pending.add(request)
  })
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => pending.delete(request))
  return () => pending.size
}

/** Runs in the page, before its own scripts: what the policy refused becomes a line of its console. */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample)
})`

/** Seats a person before the console of a desk; nobody is signed in yet. */
export async function seatPerson(browser: Browser, desk: Desk, seat: Seat): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: seat.width ?? 1280, height: 900 },
    colorScheme: seat.scheme ?? 'light',
    locale: seat.language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: desk.party === 'us' ? 'America/New_York' : 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patienceMilliseconds)
  const page = await context.newPage()
  const complaints: string[] = []
  const refusals: RegExp[] = [sessionQuestion]
  await watch(page, desk, complaints, refusals)
  const pending = countPending(page)
  return {
    page,
    context,
    desk,
    complaints,
    language: seat.language,
    labels: labelsOf(seat.language),
    async visit(path) {
      await page.goto(desk.origin + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    async signIn() {
      await page.goto('about:blank')
      await page.goto(`${desk.origin}/#token=${desk.token}`)
      await page.getByRole('navigation', { name: labelsOf(seat.language).pages }).waitFor()
    },
    async settle() {
      for (let quiet = 0; quiet < 2;) {
        await page.evaluate(nextFrames)
        quiet = pending() === 0 ? quiet + 1 : 0
      }
    },
    expectRefusals: (address) => void refusals.push(address),
    leave: () => context.close(),
  }
}

async function watch(page: Page, desk: Desk, complaints: string[], refusals: readonly RegExp[]): Promise<void> {
  await page.addInitScript(reportViolations)
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${desk.origin}/`)) complaints.push(`a request to another host: ${url}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message, refusals)) complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`page: ${error.stack ?? error.message}`))
  page.on('dialog', (dialog) => {
    // The browser's own question before a draft is lost is no fault.
    if (dialog.type() !== 'beforeunload') complaints.push(`a ${dialog.type()} dialogue: ${dialog.message()}`)
    void dialog.accept()
  })
}

function isExpected(message: ConsoleMessage, refusals: readonly RegExp[]): boolean {
  const { url } = message.location()
  return message.text().startsWith('Failed to load resource') && refusals.some((address) => address.test(url))
}

/** Waits until it can be seen. */
export async function see(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'visible' })
}

/** Waits until it can no longer be seen. */
export async function seeGone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'hidden' })
}
