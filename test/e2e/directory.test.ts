import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { doDeed, fillIn } from './support/deeds.ts'
import { chooseOption, chooseRadio, tick, write } from './support/form.ts'
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

  test('the week of its rota is set beside the office, and drawn and written out on the other side', async () => {
    await us.page.getByRole('button', { name: us.labels.deeds['directory.rostered'], exact: true }).click()
    await fillIn(us, 'directory.rostered', async (form) => {
      const first = form.getByRole('group', { name: `${en('field.weekly')} 1`, exact: true })
      await first.getByLabel(en('field.from'), { exact: true }).fill('08:00')
      await first.getByLabel(en('field.until'), { exact: true }).fill('20:00')
    })
    const week = cn.page.getByRole('table')
    await see(week.getByText(`08:00–20:00 ${zh('officePosition.duty-officer')}`))
    expect(await week.getByRole('row').count()).toBe(7)
  })

  test('an office is amended from what stands, with the clocks of its zone', async () => {
    await us.page.getByRole('button', { name: us.labels.deeds['directory.amended'], exact: true }).click()
    await fillIn(us, 'directory.amended', async (form) => {
      const kind = form.getByRole('combobox', { name: en('field.kind'), exact: true })
      expect(await kind.inputValue()).toBe('duty-desk')
      await write(form, en('field.timeZone'), 'Asia/Shanghai')
      const offsets = form.getByRole('group', { name: us.labels.optional(en('field.offsets')), exact: true })
      await offsets.getByText('UTC+08:00').click()
    })
    const point = cn.page.getByRole('listitem').filter({ hasText: 'Asia/Shanghai' })
    await see(point.getByText('duty-desk'))
    // What stood still stands: its rota and its designation.
    await see(cn.page.getByRole('table').getByText(`08:00–20:00 ${zh('officePosition.duty-officer')}`))
    await see(cn.page.getByText(zh('designation.contact-point')))
  })

  test('the profile is stated in the form, and is there for the other side with its review', async () => {
    await us.page.getByRole('button', { name: us.labels.deeds['directory.profiled'], exact: true }).click()
    await fillIn(us, 'directory.profiled', async (form) => {
      await form.getByRole('button', { name: `Add: ${en('field.authorities')}`, exact: true }).click()
      const first = form.getByRole('group', { name: `${en('field.authorities')} 1`, exact: true })
      await chooseOption(first, en('field.office'), 'duty-desk')
      await chooseRadio(first, en('field.competence'), en('competence.preservation'))
      await tick(form, en('field.channels'), en('channelKind.parley'))
      await tick(form, en('field.languages'), 'English')
      await form.getByText(en('dualCriminality.not-required'), { exact: true }).click()
    })
    await see(cn.page.getByText(zh('competence.preservation')))
    await see(cn.page.getByText(zh('dualCriminality.not-required')))
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
