// The accessibility check: axe-core, run in a world of its own beside the page's scripts, so that the content security
// policy stays as strict as it is and the page never sees the tool.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What another scheme of colours can change. */
const colours = ['color-contrast', 'link-in-text-block']
const nodesShownMax = 3

interface Violation {
  readonly id: string
  readonly nodes: { readonly html: string; readonly failureSummary?: string }[]
}

/** One session for each page: when one ends, the browser takes the security keys of the page with it. */
const sessions = new WeakMap<Page, Promise<CDPSession>>()

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

/** Every violation on the page as one line, or those of its colours only; empty when there is none. */
export async function listViolations(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  const session = await sessionOf(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  })
  await session.send('Runtime.evaluate', { expression: source, contextId })
  const rules = what === 'all' ? all : colours
  const expression = `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })
    .then(({ violations, passes }) => ({ violations, passes: passes.length }))`
  const { exceptionDetails, result } = await session.send('Runtime.evaluate', {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`)
  const { passes, violations } = result.value as { passes: number; violations: Violation[] }
  if (passes === 0) throw new Error('axe saw nothing that passes: it saw no page')
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, nodesShownMax)
      .map(({ failureSummary = '', html }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split('\n').at(1) ?? ''}`),
  )
}
