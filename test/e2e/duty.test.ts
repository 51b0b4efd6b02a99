import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Locator } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { doDeed, fillIn } from './support/deeds.ts'
import { chooseOption, chooseRadio, tick, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

describeStory('a call to whoever is on duty', () => {
  let browser: Browser
  let nodes: TwoNodes
  /** Who calls, in English. */
  let us: Person
  /** Who is called and keeps the rota, in Chinese. */
  let cn: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans', scheme: 'dark' })
    await Promise.all([us.signIn(), cn.signIn()])
    await cn.visit(`/channels/${nodes.channel}/directory`)
    await us.visit(`/channels/${nodes.channel}/hotline`)
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)
  const officeItem = (office: string): Locator =>
    cn.page.getByRole('listitem').filter({ has: cn.page.getByRole('heading', { level: 4, name: office, exact: true }) })
  const contactPoint = (): Locator => us.page.getByRole('listitem').filter({ hasText: en('contactKind.24-7') })

  async function designate(office: string, isContact: boolean): Promise<void> {
    await doDeed(cn, 'directory.designated', async (form) => {
      await write(form, zh('field.office'), office)
      await chooseOption(form, zh('field.kind'), zh('officeKind.duty-desk'))
      await tick(form, zh('field.designations'), zh(`designation.${isContact ? 'contact-point' : 'member-agency'}`))
      await write(form, zh('field.timeZone'), 'Asia/Shanghai')
      await tick(form, zh('field.languages'), 'English')
      if (isContact) await tick(form, cn.labels.optional(zh('field.contact')), zh('contactKind.24-7'))
      const offsets = form.getByRole('group', { name: cn.labels.optional(zh('field.offsets')), exact: true })
      await offsets.getByText('UTC+08:00').click()
    })
    await see(officeItem(office))
  }

  test('a rota around the clock is set, and the caller sees who is there before calling', async () => {
    await designate('duty-desk', true)
    await designate('night-desk', false)
    await officeItem('duty-desk').getByRole('button', { name: cn.labels.deeds['directory.rostered'] }).click()
    await fillIn(cn, 'directory.rostered')
    await see(contactPoint().getByText(en('officePosition.duty-officer')))
    await see(contactPoint().getByText(us.labels.onDuty, { exact: true }))
  })

  test('an absence names who stands in, on both sides', async () => {
    await doDeed(cn, 'directory.absent', async (form) => {
      await chooseOption(form, zh('field.office'), 'duty-desk')
      await chooseOption(form, zh('field.standIn'), 'night-desk')
      await form.getByLabel(zh('field.from'), { exact: true }).fill('2020-01-01T00:00')
      await form.getByLabel(zh('field.until'), { exact: true }).fill('2099-01-01T00:00')
      await chooseRadio(form, zh('field.ground'), zh('absenceGround.leave'))
    })
    await see(contactPoint().getByText('night-desk stands in'))
    await see(cn.page.getByRole('listitem').filter({ hasText: '由night-desk代理。' }))
  })

  test('the call rings, is taken and is counted', async () => {
    await us.page.getByRole('button', { name: us.labels.raiseCall, exact: true }).click()
    await fillIn(us, 'hotline.raised', (form) =>
      chooseRadio(form, en('field.reason'), en('hotlineReason.threat-to-life')),
    )
    await cn.page.getByRole('link', { name: cn.labels.openCall }).click()
    await doDeed(cn, 'hotline.taken')
    await see(us.page.getByText(en('hotlineStatus.taken'), { exact: true }))
    await doDeed(us, 'hotline.closed', (form) => chooseRadio(form, en('field.outcome'), en('hotlineOutcome.settled')))
    await seeGone(cn.page.getByRole('region', { name: '正在振铃的呼叫' }))
    await us.visit(`/channels/${nodes.channel}/hotline`)
    await see(us.page.getByText('Called once, 1 taken by a person.'))
    await see(us.page.getByText('Middle time to a person:'))
  })

  test('both pages are accessible, and nothing went wrong on them', async () => {
    await cn.visit(`/channels/${nodes.channel}/directory`)
    for (const person of [us, cn]) {
      await person.settle()
      expect(await listViolations(person.page)).toEqual([])
      expect(person.complaints).toEqual([])
    }
  })
})
