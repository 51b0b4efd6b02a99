// Looks at every page in a real browser: pictures into a folder, accessibility by axe, and nothing refused by the policy,
// nothing asked of another host, no error in the console. `node dev/look.ts FOLDER [page…]`. Development only.

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { serveBuilt } from './serve.ts'

const folder = process.argv[2] ?? 'shots'
const wanted = process.argv.slice(3)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const looks = [
  { name: 'wide', width: 1280, scheme: 'light', lang: 'en' },
  { name: 'narrow', width: 320, scheme: 'light', lang: 'en' },
  { name: 'dark', width: 1280, scheme: 'dark', lang: 'en' },
  { name: 'zh', width: 1280, scheme: 'light', lang: 'zh-Hans' },
  { name: 'zh-dark-narrow', width: 320, scheme: 'dark', lang: 'zh-Hans' },
] as const

mkdirSync(folder, { recursive: true })
const { address, close } = await serveBuilt()
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
let faults = 0
const complain = (line: string) => {
  faults++
  process.stdout.write(`${line}\n`)
}

async function api(page: Page, path: string) {
  return page.evaluate(async (url) => (await fetch(url)).json() as Promise<{ items: Record<string, string>[] }>, path)
}

/** The pages by name, each with where it is and what to do there before looking. */
async function listPages(page: Page): Promise<Record<string, { path: string; act?: (page: Page) => Promise<void> }>> {
  const channel = (await api(page, '/api/channels')).items[0]!['id']!
  const requests = (await api(page, `/api/channels/${channel}/requests`)).items
  const main = requests.find(({ title }) => title?.startsWith('Preserve access') === true)!['id']!
  const incoming = requests.find(({ title }) => title?.startsWith('Attack on') === true)!['id']!
  const silent = requests.find((row) => (row as { last: { type: string } } & object).last.type === 'request.chased')![
    'id'
  ]!
  const logs = (await api(page, '/api/logs')).items
  const exhibits = (await api(page, `/api/channels/${channel}/evidence`)).items
  const base = `/channels/${channel}`
  const first = (select: string) => (there: Page) => there.locator(select).first().click()
  return {
    inbox: { path: '/inbox' },
    notices: { path: '/notices' },
    requests: { path: `${base}/requests` },
    none: { path: `${base}/requests?status=conflict` },
    evidence: { path: `${base}/evidence` },
    exhibit: { path: `${base}/evidence/${exhibits[0]!['id']!}` },
    'exhibit-asked': { path: `${base}/evidence/${exhibits[1]!['id']!}` },
    request: { path: `${base}/requests/${main}` },
    incoming: { path: `${base}/requests/${incoming}` },
    silent: { path: `${base}/requests/${silent}` },
    form: {
      path: `${base}/requests/${incoming}`,
      act: async (there) => {
        await there.keyboard.press('a')
        await there.getByRole('dialog').waitFor()
      },
    },
    confirm: {
      path: `${base}/requests/${incoming}`,
      act: async (there) => {
        await there.keyboard.press('a')
        await there.locator('[role=dialog] form').waitFor()
        await there.locator('[role=dialog] form button').nth(-3).click()
        await there.locator('textarea').fill('Received. The duty desk is on it.\n\nWe write again within the hour.')
        await there.locator('[role=dialog] form button[type=submit]').click()
        await there.getByRole('alertdialog').waitFor()
      },
    },
    new: { path: `${base}/requests/new` },
    faulty: { path: `${base}/requests/new`, act: first('form button[type=submit]') },
    agreement: { path: `${base}/agreement` },
    record: { path: `${base}/record` },
    log: { path: `${base}/record/${logs[1]!['id']}` },
    entry: {
      path: `${base}/record/${logs[1]!['id']}/5`,
      act: (there) => there.waitForSelector('figure svg').then(() => undefined),
    },
    links: {
      path: '/links',
      act: async (there) => {
        await there.locator('section button').first().click()
        await there.locator('section ol li').first().waitFor()
      },
    },
    people: { path: '/people' },
    account: { path: '/account' },
    add: {
      path: '/people',
      act: async (there) => {
        await there.locator('header button').last().click()
        await there.getByRole('dialog').waitFor()
      },
    },
    missing: { path: `${base}/requests/${'0'.repeat(64)}` },
    keys: { path: `${base}/requests`, act: (there) => there.keyboard.press('?') },
    palette: { path: `${base}/requests`, act: (there) => there.keyboard.press('Control+k') },
    gallery: { path: '/gallery' },
  }
}

for (const look of looks) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 500 ? 700 : 900 },
    colorScheme: look.scheme,
    locale: look.lang === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[14]/.test(message.text()))
      complain(`${look.name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`${look.name}: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complain(`${look.name}: foreign request ${request.url()}`)
  })
  const check = async (name: string) => {
    await page.waitForTimeout(350)
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true })
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const run = (
        globalThis as unknown as {
          axe: {
            run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
          }
        }
      ).axe
      return (await run.run()).violations
    })
    for (const { id, nodes } of found)
      complain(
        `${look.name} ${name}: ${id}\n    ${nodes
          .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`)
          .slice(0, 3)
          .join('\n    ')}`,
      )
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) complain(`${look.name} ${name}: ${overflow} px too wide`)
  }
  await page.goto(address)
  await page
    .getByRole('button')
    .first()
    .waitFor({ timeout: 8000 })
    .catch(async (error: unknown) => complain(String(error) + (await page.content()).slice(0, 1500)))
  if (wanted.length === 0 || wanted.includes('sign-in')) await check('sign-in')
  await page.goto('about:blank')
  await page.goto(`${address}/#token=operator`)
  await page.waitForSelector('h1')
  await page.waitForURL(/inbox/)
  const pages = await listPages(page)
  for (const [name, { path, act }] of Object.entries(pages)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await page.goto('about:blank')
    await page.goto(address + path)
    await page.waitForSelector('h1')
    try {
      await act?.(page)
    } catch (error) {
      complain(`${look.name} ${name}: ${String(error).slice(0, 300)}`)
    }
    await check(name)
  }
  await context.close()
}
await browser.close()
close()
process.stdout.write(faults === 0 ? 'nothing to complain of\n' : `${faults} complaints\n`)
process.exitCode = faults === 0 ? 0 : 1
