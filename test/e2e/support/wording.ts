// Which words of a page are not in its language: what a person sees and what assistive technology reads, without what is
// marked as another language, as a code or as nobody's to translate.

import type { Page } from 'playwright-core'
import type { Language } from './labels.ts'

/** Names that are written the same in both languages. */
const names = new Set([
  'English',
  'parley',
  'Parley',
  'UTC',
  'JSON',
  'PDF',
  'TLS',
  'TLP',
  'Ctrl',
  'CLEAR',
  'GREEN',
  'AMBER',
  'STRICT',
  'RED',
  'AMBER+STRICT',
])

const collect = `(() => {
  // What parties wrote stands isolated, in whatever language it is.
  const skipped = 'bdi, [translate=no], [lang]:not(html), code, pre, kbd, script, style, noscript'
  const words = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode
    if (parentElement.closest(skipped) === null) words.push(walker.currentNode.data)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (element.closest('[translate=no], [lang]:not(html)') !== null) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(element.getAttribute(name) ?? '')
  }
  if (document.querySelector('h1 bdi') === null) words.push(document.title)
  return { lang: document.documentElement.lang, words: words.map((text) => text.trim()).filter((text) => text !== '') }
})()`

/** Texts of the page that hold words of another language than its own; throws when there are no texts at all. */
export async function listForeignWords(page: Page, language: Language): Promise<string[]> {
  const { lang, words } = await page.evaluate<{ lang: string; words: string[] }>(collect)
  if (words.length === 0) throw new Error('the page has no words')
  const foreign = words.filter((text) => (language === 'en' ? holdsChinese(text) : holdsEnglish(text)))
  return lang === language ? foreign : [`the document says that it is in ${lang}`, ...foreign]
}

function holdsChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text.replaceAll('中文（简体）', ''))
}

/** Digests, addresses and names of time zones are not words. */
function holdsEnglish(text: string): boolean {
  const words = text
    .replaceAll(/\b[0-9a-f]{8,}\b|\b[A-Z][a-z]+\/[A-Z][A-Za-z_]+|[\w-]+(?:\.[\w-]+)+(?:\/\S*)?/g, '')
    .match(/[A-Za-z][A-Za-z+]{2,}/g)
  return (words ?? []).some((word) => !names.has(word))
}
