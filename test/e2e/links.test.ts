import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { openRequest } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

describeStory('the link to a peer that stops and comes back', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    await us.signIn()
    await us.visit('/links')
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const stepOf = (name: string) => us.page.getByRole('listitem').filter({ hasText: name })

  test('while both run, the page says so and every step of the test passes', async () => {
    const { labels, page } = us
    await see(page.getByText('Linked', { exact: true }))
    await see(page.getByText('nothing: it holds all of our entries'))
    await see(page.getByText('nothing: we hold all of its entries'))
    await page.getByRole('button', { name: labels.testLink }).click()
    await see(page.getByText(labels.linkWorks))
    for (const step of [
      'TLS 1.3 with both certificates',
      'The pinned key of the peer',
      'A clock that agrees with ours',
    ]) {
      await see(stepOf(step).getByText(labels.passed, { exact: true }))
    }
  })

  test('when the other node is down, what it does not hold yet is counted without loading the page again', async () => {
    await nodes.cn.stop()
    await openRequest(nodes.us, { language: 'en', text: 'Said while nobody listens' })
    await see(us.page.getByText('one entry', { exact: true }))
    await see(us.page.getByText(us.labels.unreachable, { exact: true }))
  })

  test('the test of the link says at which step it fails', async () => {
    const { labels, page } = us
    await page.getByRole('button', { name: labels.testLink }).click()
    await see(page.getByText(labels.linkFails))
    await see(stepOf('A connection to it').getByText(labels.failed, { exact: true }))
    await see(stepOf('A connection to it').getByText('The peer refuses connections.'))
    await see(stepOf('TLS 1.3 with both certificates').getByText('Not tried', { exact: true }))
  })

  test('an act that was recorded meanwhile stands at published, and says nothing better', async () => {
    const { page } = us
    await us.visit(`/channels/${nodes.channel}/requests`)
    const row = page.getByRole('row', { name: /Said while nobody listens/ })
    await see(row.getByText('Published', { exact: true }))
  })

  test('when the other node is back, the backlog goes and the standing rises, without loading the page again', async () => {
    const { labels, page } = us
    const waited = performance.now()
    await nodes.cn.start()
    const row = page.getByRole('row', { name: /Said while nobody listens/ })
    await see(row.getByText('Delivered', { exact: true }))
    process.stdout.write(`delivered ${Math.round(performance.now() - waited)} ms after the other node was started\n`)
    await page.getByRole('link', { name: labels.links }).click()
    await see(page.getByText('nothing: it holds all of our entries'))
    await seeGone(page.getByText('one entry', { exact: true }))
    await page.getByRole('button', { name: labels.testLink }).click()
    await see(page.getByText(labels.linkWorks))
  })

  test('nothing went wrong on the page', () => expect(us.complaints).toEqual([]))
})
