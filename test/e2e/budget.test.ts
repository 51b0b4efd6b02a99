import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { labelsOf } from './support/labels.ts'
import { openRequest } from './support/matters.ts'
import { see, seatPerson } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const firstLoadBytesMax = 250_000
const slowdown = 4

type Kind = 'page' | 'fonts' | 'answers'

/** The style sheet that only names the Chinese faces comes with them, after the first page has been shown. */
function kindOf(path: string): Kind {
  if (path.startsWith('/api/')) return 'answers'
  return /\.woff2$|\/han-[^/]*\.css$/.test(path) ? 'fonts' : 'page'
}

/** Kept up to date by the browser from the start of the page. */
const observePaint = `new PerformanceObserver((list) => {
  globalThis.largestPaint = list.getEntries().at(-1).startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })`

describeInBrowser('budgets of the first load', () => {
  let browser: Browser
  let nodes: TwoNodes

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    await openRequest(nodes.us, { language: 'en', text: 'Something to show' })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  test.each(['en', 'zh-Hans'] as const)('in %s it is under 250 kB without fonts', async (language) => {
    const person = await seatPerson(browser, nodes.us, { language })
    const { context, desk, page } = person
    const session = await context.newCDPSession(page)
    const sizes: Record<Kind, number> = { page: 0, fonts: 0, answers: 0 }
    let files = 0
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      sizes[kindOf(pathname)] += Number(response.headers()['content-length'] ?? 0)
      files += 1
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript(observePaint)
    await page.goto(`${desk.origin}/#token=${desk.token}`)
    await see(page.getByRole('link', { name: 'Something to show' }))
    const paint = await page.evaluate<number>('globalThis.largestPaint')
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await person.settle()
    const shown = Object.entries(sizes).map(([kind, size]) => `${kind} ${(size / 1000).toFixed(1)} kB`)
    process.stdout.write(
      `first load in ${language}: ${files} files, ${shown.join(', ')}; largest paint after ${Math.round(paint)} ms at a ${slowdown}-fold slowdown\n`,
    )
    expect(sizes.page).toBeGreaterThan(50_000)
    expect(sizes.fonts).toBeGreaterThan(0)
    expect(sizes.page).toBeLessThan(firstLoadBytesMax)
    expect(person.complaints).toEqual([])
    await see(page.getByRole('navigation', { name: labelsOf(language).pages }))
    await person.leave()
  })
})
