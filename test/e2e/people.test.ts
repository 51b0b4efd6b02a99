import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { Desk, TwoNodes } from './support/two-nodes.ts'
import { plugIn } from './support/virtual-key.ts'
import type { VirtualKey } from './support/virtual-key.ts'

/** How long a step up lasts, and a little. */
const verifiedMilliseconds = 61_000

describeStory('people, passkeys and sessions', () => {
  let browser: Browser
  let nodes: TwoNodes
  let desk: Desk
  let administrator: Person
  let key: VirtualKey
  let link = ''
  let verifiedAt = 0

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: false })
    browser = await launchBrowser()
    // A passkey is bound to a name: the console of the same node under the machine's own.
    desk = { ...nodes.us, origin: nodes.us.origin.replace('127.0.0.1', 'localhost') }
    administrator = await seatPerson(browser, desk, { language: 'en' })
    key = await plugIn(administrator.page)
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  test('[ID2] an invitation from the command line makes the first administrator, with a passkey', async () => {
    const { page } = administrator
    const added = await nodes.us.client.addPerson({
      body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
    })
    link = `${desk.origin}/#invitation=${added.invitation!.code}`
    await page.goto(link)
    await see(page.getByRole('heading', { name: 'Your invitation' }))
    expect(page.url()).toBe(`${desk.origin}/`)
    expect(await listViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await see(page.getByRole('heading', { name: 'People', level: 1 }))
    expect(await key.take()).toHaveLength(1)
    await administrator.visit('/people')
    expect(await listViolations(page)).toEqual([])
  })

  test('[ID2] [T-35] the invitation is used up', async () => {
    const stranger = await seatPerson(browser, desk, { language: 'zh-Hans' })
    stranger.expectRefusals(/\/api\/enrolments\/begin$/)
    await plugIn(stranger.page)
    await stranger.page.goto(link)
    await stranger.page.getByRole('button', { name: '创建通行密钥' }).click()
    await see(stranger.page.getByRole('alert').getByText('邀请或通行密钥无法使用'))
    expect(stranger.complaints).toEqual([])
    await stranger.leave()
  })

  test('[ID1] [T-35] the passkey signs in; a key that does not verify the person does not', async () => {
    const { page } = administrator
    await page.getByRole('button', { name: 'Sign out' }).click()
    await see(page.getByRole('heading', { name: 'Sign in' }))
    expect(await page.getByLabel('Operator’s token').count()).toBe(0)
    expect(await listViolations(page)).toEqual([])
    await key.verify(false)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await see(page.getByRole('alert').getByText('The passkey did not answer'))
    await key.verify(true)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await see(page.getByRole('heading', { name: 'People', level: 1 }))
    verifiedAt = Date.now()
  })

  test('[ID4] the operator’s token makes no session any more', async () => {
    const response = await fetch(`${desk.origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: desk.origin, 'parley-request': '1' },
      body: JSON.stringify({ token: desk.token }),
    })
    expect(response.status).toBe(401)
  })

  test('[HT21] a session elsewhere is listed, and ended', async () => {
    const { page } = administrator
    const other = await seatPerson(browser, desk, { language: 'en' })
    other.expectRefusals(/.*/)
    const otherKey = await plugIn(other.page)
    await otherKey.put(await key.take())
    await other.visit('/')
    await other.page.getByRole('button', { name: 'Use a passkey' }).click()
    await see(other.page.getByRole('heading', { name: 'People', level: 1 }))

    await page.getByRole('link', { name: 'Your account' }).click()
    await see(page.getByRole('heading', { name: 'Your account', level: 1 }))
    await administrator.visit('/account')
    expect(await listViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await seeGone(page.getByRole('button', { name: 'End', exact: true }))
    await other.page.reload()
    await see(other.page.getByRole('heading', { name: 'Sign in' }))
    await other.leave()
  })

  test('[HT37] what needs the person asks for them once the minute is over', { timeout: 120_000 }, async () => {
    const { page } = administrator
    await page.getByRole('link', { name: 'People' }).click()
    await page.waitForTimeout(Math.max(0, verifiedAt + verifiedMilliseconds - Date.now()))
    await page.getByRole('button', { name: 'Add a person' }).click()
    const form = page.getByRole('dialog', { name: 'Add a person' })
    await form.getByRole('textbox', { name: 'Name' }).fill('Duty desk')
    await form.getByText('duty officer', { exact: true }).click()
    await form.getByRole('button', { name: 'Invite' }).click()
    const asked = page.getByRole('dialog', { name: 'Is it you?' })
    await see(asked)
    expect(await listViolations(page)).toEqual([])
    const before = (await administrator.context.cookies()).map(({ value }) => value)
    await asked.getByRole('button', { name: 'Use a passkey' }).click()
    await see(page.getByRole('alert').getByText('It works once and is shown only now.', { exact: false }))
    await see(page.getByRole('heading', { name: /Duty desk/ }))
    // The session goes on under another secret.
    expect((await administrator.context.cookies()).map(({ value }) => value)).not.toEqual(before)
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, ''])
  })
})
