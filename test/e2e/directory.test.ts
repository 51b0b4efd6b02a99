import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { doDeed, fillIn } from './support/deeds.ts'
import { chooseOption, tick, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { see, seatPerson } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

describeStory('the directory of a channel', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person
  let cn: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans' })
    await Promise.all([us.signIn(), cn.signIn()])
    await Promise.all([us, cn].map((person) => person.visit(`/channels/${nodes.channel}/directory`)))
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)

  test('an office is designated as a contact point and is on duty on the other side’s page', async () => {
    await doDeed(us, 'directory.designated', async (form) => {
      await write(form, en('field.office'), 'duty-desk')
      await chooseOption(form, en('field.kind'), en('officeKind.duty-desk'))
      await tick(form, en('field.designations'), en('designation.contact-point'))
      await tick(form, en('field.languages'), 'English')
      await tick(form, us.labels.optional(en('field.contact')), en('contactKind.24-7'))
    })
    const point = cn.page.getByRole('listitem').filter({ hasText: zh('contactKind.24-7') })
    await see(point.getByText('duty-desk'))
    await see(point.getByText(cn.labels.onDuty, { exact: true }))
  })

  test('the week of its rota is drawn and written out', async () => {
    const weekly = [{ position: 'duty-officer', days: [1, 2, 3, 4, 5, 6, 7], from: 480, until: 1200 }]
    const { channel, client } = nodes.us
    await client.appendAct({
      params: { channel },
      body: { type: 'directory.rostered', data: { office: 'duty-desk', weekly } },
    })
    const week = cn.page.getByRole('table')
    await see(week.getByText(`08:00–20:00 ${zh('officePosition.duty-officer')}`))
    expect(await week.getByRole('row').count()).toBe(7)
  })

  test('a ping is sent, answered by a person of the other side, and counted', async () => {
    await us.page.getByRole('button', { name: us.labels.deeds['ping.sent'], exact: true }).click()
    await fillIn(us, 'ping.sent')
    await cn.page.getByRole('button', { name: cn.labels.deeds['ping.answered'], exact: true }).click()
    await fillIn(cn, 'ping.answered')
    await see(us.page.getByText('1 of 1 answered'))
    await see(us.page.getByText(en('pingStatus.answered'), { exact: true }))
  })

  test('both pages are accessible, and nothing went wrong on them', async () => {
    for (const person of [us, cn]) {
      await person.visit(`/channels/${nodes.channel}/directory`)
      await person.settle()
      expect(await listViolations(person.page)).toEqual([])
      expect(person.complaints).toEqual([])
    }
  })
})
