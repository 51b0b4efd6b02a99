import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { actLine } from './support/deeds.ts'
import { controls, hidden, markup, shownForm } from './support/hostile-texts.ts'
import { codeLabel } from './support/labels.ts'
import { openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const texts = [...markup, ...hidden]
/** A text in paragraphs has structure: the line of a heading is shown as one, without its mark. */
const asBlock = (text: string): string => text.replace(/^# /, '')
const one = (space: string): string => space.replaceAll(/\s+/g, ' ').trim()

/** What a page must never hold, whatever was written: elements of the text's own, handlers, ways to elsewhere, unseen characters. */
const listHarm = `(() => {
  const harm = []
  const hidden = /[\\u061C\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]|[\\u{E0000}-\\u{E0FFF}]/u
  const foreign = 'img, image, iframe, object, embed, video, audio, base, math, style, animate, use, mglyph'
  for (const element of document.body.querySelectorAll(foreign)) harm.push('an element: ' + element.outerHTML.slice(0, 100))
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) harm.push('a handler: ' + name)
      if (/^(?:href|src|action|formaction|xlink:href)$/i.test(name)) {
        const url = new URL(value, location.href)
        if (url.origin !== location.origin) harm.push('a way to elsewhere: ' + value)
      }
      if (/^(?:aria-label|title|alt|placeholder)$/.test(name) && hidden.test(value)) harm.push('unseen in ' + name + ': ' + JSON.stringify(value))
    }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('textarea') === null && hidden.test(walker.currentNode.data)) {
      harm.push('unseen in a text: ' + JSON.stringify(walker.currentNode.data.slice(0, 60)))
    }
  }
  if (hidden.test(document.title)) harm.push('unseen in the title: ' + JSON.stringify(document.title))
  return harm
})()`

describeInBrowser('[T-10] [T-11] hostile texts', () => {
  let browser: Browser
  let nodes: TwoNodes
  let cn: Person
  let whole: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    const { us } = nodes
    await Promise.all(texts.map((text) => openRequest(us, { language: 'en', text })))
    whole = await openRequest(
      us,
      { language: 'en', text: ['Everything at once', ...texts].join('\n\n') },
      {
        translation: { language: 'zh-Hans', text: ['一并显示', ...texts].join('\n\n'), by: markup[0]! },
        fields: Object.fromEntries(markup.slice(0, 19).map((text, place) => [`particular-${place}`, text])),
        names: markup.slice(0, 49).map((name) => ({ name, as: 'contact' })),
      },
    )
    await untilThere(nodes.cn, whole)
    browser = await launchBrowser()
    cn = await seatPerson(browser, nodes.cn, { language: 'en' })
    await cn.signIn()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const harm = (page: Page) => page.evaluate<string[]>(listHarm)

  test('there are enough of them, and each is a different one', () => {
    expect(new Set([...texts, ...controls]).size).toBe(texts.length + controls.length)
    expect(texts.length).toBeGreaterThan(60)
  })

  test('as titles in the list they are inert and all to be seen', async () => {
    const { page } = cn
    await cn.visit(`/channels/${nodes.channel}/requests`)
    const links = page.getByRole('table').getByRole('link')
    await expect
      .poll(async () => {
        await links.last().scrollIntoViewIfNeeded()
        return links.count()
      })
      .toBe(texts.length + 1)
    const shown = (await links.allInnerTexts()).map(one)
    expect(texts.filter((text) => !shown.includes(one(shownForm(text))))).toEqual([])
    expect(await harm(page)).toEqual([])
  })

  test('as the text, the translation, the particulars and the names of a request they are inert and all to be seen', async () => {
    const { page } = cn
    await cn.visit(`/channels/${nodes.channel}/requests/${whole}`)
    const line = actLine(cn, codeLabel('en', 'type.request.opened'))
    await see(line.getByText('一并显示'))
    for (const language of ['en', 'zh-Hans']) {
      const shown = (await line.locator(`[lang=${language}]`).allInnerTexts()).map(one)
      expect(texts.filter((text) => !shown.includes(one(shownForm(asBlock(text)))))).toEqual([])
    }
    const facts = (await line.getByRole('definition').allInnerTexts()).map(one)
    expect(markup.slice(0, 49).filter((text) => !facts.includes(one(text)))).toEqual([])
    await see(line.getByText(`· ${markup[0]!}`))
    expect(await harm(page)).toEqual([])
  })

  test.each([
    ['a script', markup[0]!],
    ['a turned line', hidden[0]!],
    ['tags', hidden.find((text) => text.startsWith('plain'))!],
  ])('%s as the title of a page is inert in the heading and in the name of the window', async (_, text) => {
    const { page } = cn
    await cn.visit(`/channels/${nodes.channel}/requests`)
    await page.getByRole('link', { name: shownForm(text), exact: true }).click()
    await see(page.getByRole('heading', { level: 1, name: shownForm(text), exact: true }))
    expect(await page.title()).toBe(`${shownForm(text)} · Parley`)
    expect(await harm(page)).toEqual([])
  })

  test('a text that is still being written is shown in the confirmation as it will be read', async () => {
    const { labels, page } = cn
    await cn.visit(`/channels/${nodes.channel}/requests/${whole}`)
    await page.getByRole('button', { name: labels.deeds['request.returned'] }).click()
    const form = page.getByRole('dialog')
    await form.getByText(codeLabel('en', 'returnReason.too-broad'), { exact: true }).click()
    await form.getByRole('button', { name: labels.addText }).click()
    await form.getByRole('textbox', { name: new RegExp(`^${labels.text}`) }).fill(texts.join('\n\n'))
    await form.getByRole('button', { name: labels.lookOver }).click()
    const confirmation = page.getByRole('alertdialog')
    await see(confirmation)
    const shown = (await confirmation.locator('[lang=en]').allInnerTexts()).map(one)
    expect(texts.filter((text) => !shown.includes(one(shownForm(asBlock(text)))))).toEqual([])
    expect(await harm(page)).toEqual([])
  })

  test('a search for one of them finds it and runs nothing', async () => {
    const { page } = cn
    await cn.visit(`/channels/${nodes.channel}/requests?q=${encodeURIComponent(markup[3]!)}`)
    await see(page.getByRole('link', { name: markup[3]!, exact: true }))
    expect(await harm(page)).toEqual([])
  })

  /** Fields of the interface that hold words of people, in whatever operation. */
  const spoken = new Set([
    'title',
    'text',
    'by',
    'name',
    'names',
    'issuer',
    'source',
    'origin',
    'prefix',
    'address',
    'detail',
  ])

  /** Replaces each word of people in an answer by the next hostile text. */
  function poison(value: unknown, next: () => string, within = false): unknown {
    if (Array.isArray(value)) return value.map((item) => poison(item, next, within))
    if (typeof value === 'string') return within ? next() : value
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const words = (within && typeof item === 'string') || spoken.has(key)
        return [key, poison(item, next, words)]
      }),
    )
  }

  test.each([
    ['the requests', '/requests'],
    ['a request', '/requests/{request}'],
    ['a new request', '/requests/new'],
    ['the agreement', '/agreement'],
    ['the record', '/record'],
    ['a log', '/record/{log}'],
    ['an entry', '/record/{log}/0'],
    ['the links', '/links'],
  ])('a node that puts them into every field makes %s neither run nor hide anything', async (_, path) => {
    const { page } = cn
    const all = [...texts, ...controls]
    const { items } = await nodes.cn.client.listLogs()
    const filled = path
      .replace('{request}', whole)
      .replace('{log}', items.find(({ channel }) => channel === nodes.channel)!.id)
    let used = 0
    await page.route(/\/api\/(?!session|events)/, async (route) => {
      const response = await route.fetch()
      if (response.headers()['content-type']?.includes('json') !== true) return route.fulfill({ response })
      const told: unknown = await response.json()
      return route.fulfill({ response, json: poison(told, () => all[used++ % all.length]!) })
    })
    await cn.visit(path === '/links' ? path : `/channels/${nodes.channel}${filled}`)
    await cn.settle()
    expect(used).toBeGreaterThan(0)
    expect(await harm(page)).toEqual([])
    await page.unrouteAll({ behavior: 'wait' })
  })

  test('nothing ran, nothing was loaded from elsewhere and the policy had nothing to refuse', () => {
    expect(cn.complaints).toEqual([])
  })
})
