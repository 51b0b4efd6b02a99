import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { doDeed, fillIn } from './support/deeds.ts'
import { chooseRadio, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { openRequest } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

describeStory('a call on the hotline', () => {
  let browser: Browser
  let nodes: TwoNodes
  /** Who calls, in English. */
  let us: Person
  /** Who is called, in Chinese. */
  let cn: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans', scheme: 'dark' })
    await Promise.all([us.signIn(), cn.signIn()])
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)

  async function raise(button: string, reason: string | undefined): Promise<number> {
    const { page } = us
    await page.keyboard.press('h')
    await see(page.getByRole('heading', { level: 1, name: 'Hotline' }))
    await page.getByRole('button', { name: button, exact: true }).click()
    await fillIn(us, 'hotline.raised', async (form) => {
      if (reason !== undefined) await chooseRadio(form, en('field.reason'), en(`hotlineReason.${reason}`))
    })
    return performance.now()
  }

  test('raised in one browser it rings in the other, whatever page is open there', async () => {
    await cn.visit(`/channels/${nodes.channel}/agreement`)
    const raised = await raise(us.labels.raiseCall, 'attack-under-way')
    const banner = cn.page.getByRole('region', { name: '正在振铃的呼叫' })
    await see(banner.getByText(cn.labels.hotlineRings))
    process.stdout.write(`rang in the other console after ${Math.round(performance.now() - raised)} ms\n`)
    await see(banner.getByText(zh('hotlineReason.attack-under-way')))
    await expect.poll(() => cn.page.title(), { timeout: 5000 }).toContain('热线振铃')
    expect(await listViolations(cn.page)).toEqual([])
    // Who raised it is on the page of the call, with its ladder.
    await see(
      us.page
        .getByRole('listitem')
        .filter({ hasText: en('hotlineRung.duty-officer') })
        .getByText('Rings'),
    )
  })

  test('it is taken, and rings no more', async () => {
    await cn.page.getByRole('link', { name: cn.labels.openCall }).click()
    await doDeed(cn, 'hotline.taken')
    await seeGone(cn.page.getByRole('region', { name: '正在振铃的呼叫' }))
    await see(us.page.getByText(en('hotlineStatus.taken'), { exact: true }))
  })

  async function speak(from: Person, to: Person, text: string): Promise<void> {
    await write(from.page, from.labels.message, text)
    const said = performance.now()
    await from.page.getByRole('button', { name: from.labels.send, exact: true }).click()
    await see(to.page.getByText(text))
    process.stdout.write(`a message was read by the other side after ${Math.round(performance.now() - said)} ms\n`)
  }

  test('a message goes both ways', async () => {
    await speak(us, cn, 'The attack comes from 198.51.100.7.')
    await speak(cn, us, '我们正在核查。')
    // A page that was opened anew: what was announced to screen readers is gone again.
    await us.visit(new URL(us.page.url()).pathname)
    await us.settle()
    expect(await listViolations(us.page)).toEqual([])
  })

  test('it is stood down, and both sides see it among the past calls', async () => {
    await doDeed(us, 'hotline.closed', (form) => chooseRadio(form, en('field.outcome'), en('hotlineOutcome.settled')))
    await see(cn.page.getByText(zh('hotlineStatus.stood-down'), { exact: true }))
    await us.page.keyboard.press('h')
    await see(us.page.getByRole('table').getByText(en('hotlineStatus.stood-down')))
    await see(us.page.getByText('Called once, 1 taken by a person.'))
  })

  test('a drill is marked as one on both sides', async () => {
    await raise(us.labels.beginDrill, undefined)
    const banner = cn.page.getByRole('region', { name: '正在振铃的呼叫' })
    await see(banner.getByText(cn.labels.drill, { exact: true }))
    await see(us.page.getByText(us.labels.drill, { exact: true }))
    await doDeed(us, 'hotline.closed')
    await seeGone(banner)
  })

  test('e on the page of a request raises a call about it', async () => {
    const request = await openRequest(nodes.us, { language: 'en', text: 'Nobody has answered this' })
    await us.visit(`/channels/${nodes.channel}/requests/${request}`)
    await us.page.keyboard.press('e')
    await fillIn(us, 'hotline.raised')
    await see(us.page.getByRole('heading', { level: 1, name: /^Call/ }))
    await see(us.page.getByRole('link', { name: request.slice(0, 12) }))
  })

  test('nothing went wrong on either page', () => {
    expect(us.complaints).toEqual([])
    expect(cn.complaints).toEqual([])
  })
})
