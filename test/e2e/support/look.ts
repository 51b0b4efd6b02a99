// Looks at a page as every reader may have it: in both schemes, narrow, and on paper; with axe, for words of another language,
// and for what has no use on paper.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { listViolations } from './axe.ts'
import type { Person } from './person.ts'
import { listForeignWords } from './wording.ts'

/** Where pictures go, for people who want to look at the pages. */
const pictures = process.env['PARLEY_PICTURES']
const narrowWidth = 320
/** A4 less the margins of the print style, in CSS pixels. */
const paperWidth = 672

/** How far the page is wider than its window, once the page has settled in it. */
const measureOverflow = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.documentElement.scrollWidth - document.documentElement.clientWidth))))`
const tooWide = (pixels: number): string[] => (pixels > 0 ? [`${pixels} px too wide`] : [])

/** Everything that is wrong with the page that is open, in both schemes, narrow and on paper. */
export async function lookOver({ language, page }: Pick<Person, 'language' | 'page'>, name: string): Promise<string[]> {
  const wrong: string[] = []
  const find = (kind: string, found: readonly string[]) => wrong.push(...found.map((what) => `${kind}: ${what}`))
  const overflow = async () => page.evaluate<number>(measureOverflow)
  const { height, width } = page.viewportSize()!
  find('words', await listForeignWords(page, language))
  find('light', await listViolations(page))
  await takePicture(page, `${name} ${language}`)
  await page.emulateMedia({ colorScheme: 'dark' })
  find('dark', await listViolations(page, 'colours'))
  await takePicture(page, `${name} ${language} dark`)
  await page.setViewportSize({ width: narrowWidth, height: 700 })
  find('narrow', tooWide(await overflow()))
  await takePicture(page, `${name} ${language} narrow`)
  await page.setViewportSize({ width: paperWidth, height })
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  find('paper', await listOnPaper(page))
  find('paper', tooWide(await overflow()))
  await takePicture(page, `${name} ${language} paper`)
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
  await page.setViewportSize({ width, height })
  return wrong
}

async function takePicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
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
