import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { doDeed } from './support/deeds.ts'
import { countEntries } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

describeStory('adopting the agreement', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person
  let cn: Person

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: false })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans' })
    await Promise.all([us.signIn(), cn.signIn()])
    await Promise.all([us, cn].map(({ visit }) => visit(`/channels/${nodes.channel}/agreement`)))
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  test('without an agreement in force a request cannot be made, and the page says why', async () => {
    const { page } = us
    await page.getByRole('link', { name: 'Requests', exact: true }).click()
    await page.getByRole('link', { name: 'New request' }).click()
    await see(page.getByText('No agreement is in force between the parties.'))
    expect(await page.getByRole('button', { name: us.labels.lookOver }).count()).toBe(0)
    await page.getByRole('link', { name: 'Agreement', exact: true }).click()
    await see(page.getByRole('heading', { level: 1, name: /^Outcomes on information technology/ }))
  })

  test('both texts stand side by side, each in its language, with the commitments marked', async () => {
    const { page } = us
    expect(
      await page.locator('[lang="zh-Hans"]', { hasText: '打击网络犯罪及相关事项高级别联合对话机制' }).count(),
    ).toBeGreaterThan(0)
    expect(await page.locator('mark').count()).toBeGreaterThan(30)
    await page.getByRole('link', { name: 'Commitment 1', exact: true }).first().click()
    await see(page.locator('#commitment-trade-conditions:focus'))
  })

  test('a party that adopts sees its own line change, and the agreement is not in force by one side alone', async () => {
    await doDeed(us, 'agreement.adopted')
    await see(us.page.getByText(us.labels.adoptedThis))
    await see(us.page.getByText(us.labels.notInForce))
    await see(us.page.getByText(us.labels.notYetAdopted))
  })

  test('the other side sees the adoption arrive without loading the page again', async () => {
    await see(cn.page.getByText(cn.labels.adoptedThis))
    await see(cn.page.getByText(cn.labels.notInForce))
  })

  test('when the other side adopts the same text it is in force on both, to the same digest', async () => {
    await doDeed(cn, 'agreement.adopted')
    for (const { labels, page } of [us, cn]) {
      await see(page.getByText(labels.inForce, { exact: true }))
      await seeGone(page.getByText(labels.notYetAdopted))
    }
    const shown = await Promise.all(
      [us, cn].map(({ page }) => page.getByRole('article').locator('header code').first().innerText()),
    )
    expect(shown[0]).toBe(shown[1])
    expect(nodes.pack.startsWith(shown[0]!.slice(0, 8))).toBe(true)
    const views = await Promise.all(
      [nodes.us, nodes.cn].map(({ client }) => client.viewAgreement({ params: { channel: nodes.channel } })),
    )
    expect(views.map(({ inForce }) => inForce?.pack)).toEqual([nodes.pack, nodes.pack])
    expect(await Promise.all([nodes.us, nodes.cn].map(countEntries))).toEqual([1, 1])
  })

  test('what has been adopted cannot be adopted again, and the page says why', async () => {
    const choices = us.page.getByRole('region', { name: us.labels.whatYouCanDo })
    expect(await choices.getByRole('button', { name: us.labels.deeds['agreement.adopted'] }).count()).toBe(0)
    await choices.getByText(us.labels.notNow).click()
    await see(choices.getByText('This party has already adopted this pack.'))
  })

  test('nothing went wrong on either page', () => {
    expect(us.complaints).toEqual([])
    expect(cn.complaints).toEqual([])
  })
})
