import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { findFreePort } from '../../bin/start/free-port.ts'
import { enrolInBrowser } from '../scripts/person-in-browser.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { startOpenidProcess } from './support/openid-process.ts'
import type { OpenidProcess } from './support/openid-process.ts'
import { see, seatPerson } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { Desk, TwoNodes } from './support/two-nodes.ts'

describeStory('signing in through the party’s own provider', () => {
  let browser: Browser
  let provider: OpenidProcess
  let nodes: TwoNodes
  let desk: Desk
  let liaison: Person
  let invitation = ''
  /** Every address that the browser was sent to, in order. */
  const travelled: URL[] = []

  beforeAll(async () => {
    const port = await findFreePort()
    const origin = `http://localhost:${port}`
    provider = await startOpenidProcess(`${origin}/sign-in/oidc`)
    const oidc = { issuer: provider.issuer, clientId: 'parley', algorithm: 'ES256' }
    nodes = await startTwoNodes({ adopted: false, settings: { port, oidc } })
    desk = { ...nodes.us, origin }
    const first = await nodes.us.client.addPerson({
      body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
    })
    const administrator = await enrolInBrowser(origin, first.invitation!.code)
    const added = await administrator.client.addPerson({
      body: { name: 'Liaison desk', grants: [{ role: 'liaison', channel: null }] },
    })
    invitation = added.invitation!.code
    browser = await launchBrowser()
    liaison = await seatPerson(browser, desk, { language: 'en' })
    liaison.page.on('request', (request) => {
      if (request.isNavigationRequest()) travelled.push(new URL(request.url()))
    })
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
    await provider?.stop()
  })

  const useProvider = (person: Person) => person.page.getByRole('button', { name: 'Use your organisation’s account' })

  test('[ID12] [ID13] [T-34] an invitation links whoever the provider names, by code and PKCE', async () => {
    const { page } = liaison
    await page.goto(`${desk.origin}/#invitation=${invitation}`)
    await useProvider(liaison).click()
    await see(page.getByRole('navigation', { name: liaison.labels.pages }))
    const asked = travelled.find(({ origin, pathname }) => origin === provider.issuer && pathname === '/auth')!
    expect(asked.searchParams.get('response_type')).toBe('code')
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
    expect(asked.searchParams.get('redirect_uri')).toBe(`${desk.origin}/sign-in/oidc`)
    // The answer went by the address and did not stay there.
    expect(
      travelled.some(({ pathname, searchParams }) => pathname === '/sign-in/oidc' && searchParams.has('code')),
    ).toBe(true)
    expect(page.url()).not.toContain('code=')
    await liaison.visit('/account')
    await see(page.getByRole('heading', { name: 'Through your organisation this one' }))
  })

  test('[ID12] [T-34] the same answer, shown again or in another browser, signs nobody in', async () => {
    const answer = travelled.findLast(({ pathname }) => pathname === '/sign-in/oidc')!
    const thief = await seatPerson(browser, desk, { language: 'en' })
    thief.expectRefusals(/\/api\/sign-in\/oidc$/)
    await thief.page.goto(answer.href)
    await see(thief.page.getByRole('alert'))
    await thief.visit('/')
    await see(useProvider(thief))
    await thief.leave()
  })

  test('[ID13] who was linked signs in again without an invitation, and nobody else does', async () => {
    const again = await seatPerson(browser, desk, { language: 'zh-Hans' })
    await again.visit('/')
    await again.page.getByRole('button', { name: '使用所属机构的账户' }).click()
    await see(again.page.getByRole('navigation', { name: again.labels.pages }))

    const stranger = await seatPerson(browser, desk, { language: 'en' })
    stranger.expectRefusals(/\/api\/sign-in\/oidc$/)
    await stranger.context.route(`${provider.issuer}/**`, (route, request) =>
      route.continue({ headers: { ...request.headers(), 'x-subject': 'stranger' } }),
    )
    await stranger.visit('/')
    await useProvider(stranger).click()
    await see(stranger.page.getByRole('alert').getByText('This does not sign you in here'))
    await stranger.leave()
    await again.leave()
  })

  test('[HT21] [T-16] one’s other sessions are listed and ended, whatever began them', async () => {
    const { page } = liaison
    await liaison.visit('/account')
    await expect.poll(() => page.getByRole('heading', { name: /^Through your organisation/ }).count()).toBe(2)
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await expect.poll(() => page.getByRole('heading', { name: /^Through your organisation/ }).count()).toBe(1)
    // Without a passkey there is nothing to prove oneself with: no code for the command line is drawn.
    expect(await page.getByRole('button', { name: 'Draw a code' }).count()).toBe(0)
  })
})
