import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { enrolOfficial, enrolPerson, invite } from './support/enrol.ts'
import { chooseOption, chooseRadio, tick, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { lookOver } from './support/look.ts'
import { countEntries, untilThere } from './support/matters.ts'
import { see } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { Desk, TwoNodes } from './support/two-nodes.ts'

const en = (key: string): string => codeLabel('en', key)
const title = 'Payment pages on 198.51.100.7'
const text = `${title}\n\nPlease tell us who operated the server.`

describeStory('a request that one person writes and another releases', () => {
  let browser: Browser
  let nodes: TwoNodes
  let desk: Desk
  let administrator: Person
  /** Writes, in English. */
  let liaison: Person
  /** Approves and releases, in Chinese. */
  let releasing: Person
  /** Writes at the same draft: whoever approves it must not. */
  let duty: Person
  let before = 0
  let draftPath = ''
  let releasePath = ''

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    desk = { ...nodes.us, origin: nodes.us.origin.replace('127.0.0.1', 'localhost') }
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  async function look(person: Person, name: string): Promise<void> {
    await person.settle()
    expect(await lookOver(person, name)).toEqual([])
  }

  test('[ID2] two people enrol their passkeys, and an administrator makes them keys of officials', async () => {
    const added = await nodes.us.client.addPerson({
      body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
    })
    administrator = await enrolPerson(browser, desk, 'en', added.invitation!.code)
    const codes = [
      await invite(administrator, 'Liaison desk', 'liaison officer'),
      await invite(administrator, 'Release desk', 'releasing officer'),
      await invite(administrator, 'Duty desk', 'duty officer'),
    ]
    liaison = await enrolPerson(browser, desk, 'en', codes[0]!)
    releasing = await enrolPerson(browser, desk, 'zh-Hans', codes[1]!)
    duty = await enrolPerson(browser, desk, 'en', codes[2]!)
    await administrator.page.reload()
    await enrolOfficial(administrator, 'Liaison desk', 'liaison officer')
    await enrolOfficial(administrator, 'Release desk', 'releasing officer')
    before = await countEntries(nodes.us)
  })

  test('a person’s new request begins as a draft, which is saved while it is written', async () => {
    const { labels, page } = liaison
    await liaison.visit(`/channels/${nodes.channel}/requests/new`)
    await look(liaison, 'begin')
    await page.getByRole('button', { name: 'Begin a draft' }).click()
    await see(page.getByText('Saved at this party’s node'))
    draftPath = new URL(page.url()).pathname
    await chooseOption(page, en('field.kind'), en('requestKind.information'))
    await chooseRadio(page, en('field.urgency'), en('urgency.ordinary'))
    await tick(page, en('field.offences'), en('offence.phishing'))
    await tick(page, en('field.languages'), 'English')
    await chooseRadio(page, en('field.handling'), en('handling.amber'))
    await write(page, labels.text, text)
    await see(page.getByText('Saved at this party’s node'))
    await see(page.getByText('You are here alone.'))
    await look(liaison, 'draft')
    await liaison.visit(draftPath)
    expect(await page.getByRole('textbox', { name: labels.text, exact: true }).inputValue()).toBe(text)
  })

  test('two people on one draft are told, and neither overwrites the other', async () => {
    const { page } = releasing
    await releasing.visit(`/channels/${nodes.channel}/drafts`)
    await look(releasing, 'drafts')
    await page.getByRole('link', { name: '提出请求' }).click()
    await see(page.getByText(/^同时在此处：\s*Liaison desk$/))
    await see(liaison.page.getByText(/^Here too: Release desk$/))
    await look(releasing, 'draft-two')

    // A link that fails, while a colleague saves: what is typed stays and is sent again.
    const field = liaison.page.getByRole('textbox', { name: liaison.labels.text, exact: true })
    liaison.expectRefusals(/\/drafts\//)
    await liaison.context.setOffline(true)
    await field.fill(`${text}\n\nOne more sentence.`)
    await see(liaison.page.getByText('The node cannot be reached'))
    await look(liaison, 'draft-lost')
    await liaison.context.setOffline(false)
    await see(liaison.page.getByText('Saved at this party’s node'))
    await expect
      .poll(() => page.getByRole('textbox', { name: releasing.labels.text, exact: true }).inputValue())
      .toContain('One more sentence.')
  })

  test('what a colleague saved meanwhile stands beside one’s own text until one has chosen', async () => {
    const field = liaison.page.getByRole('textbox', { name: liaison.labels.text, exact: true })
    const params = { channel: nodes.channel, draft: draftPath.split('/').at(-1)! }
    const { body, data, version } = await nodes.us.client.viewDraft({ params })
    // The save of a colleague arrives between the typing and the saving of it.
    await duty.page.evaluate(
      `fetch('/api/channels/${params.channel}/drafts/${params.draft}', { method: 'POST',
        headers: { 'content-type': 'application/json', 'parley-request': '1' },
        body: ${JSON.stringify(JSON.stringify({ version, data: { ...data, handling: 'red' }, body }))} }).then((answer) => answer.text())`,
    )
    await field.fill(`${text}\n\nAnother ending.`)
    await see(liaison.page.getByText('A colleague has saved a newer text'))
    expect(await field.inputValue()).toContain('Another ending.')
    expect(await liaison.page.getByRole('alert').first().innerText()).toContain('One more sentence.')
    await look(liaison, 'draft-moved')
    await liaison.page.getByRole('button', { name: 'Save mine in its place' }).click()
    await see(liaison.page.getByText('Saved at this party’s node'))
    const after = await nodes.us.client.viewDraft({ params })
    expect(JSON.stringify(after.body)).toContain('Another ending.')
    expect(after.data['handling']).toBe('amber')
  })

  test('[RL5] [RL7] whoever wrote it submits it, and can neither approve nor release it', async () => {
    const { page } = liaison
    await page.getByRole('button', { name: 'Submit for release' }).click()
    await see(page.getByText('Exactly what will be said'))
    releasePath = new URL(page.url()).pathname
    await see(page.getByText('Another ending.'))
    for (const name of ['Approve with passkey', 'Release']) {
      const button = page.getByRole('button', { name, exact: true })
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      await button.press('Enter')
    }
    await look(liaison, 'release-author')
    expect(await countEntries(nodes.us)).toBe(before)
  })

  test('[RL4] another person approves exactly those bytes by passkey, and releases them', async () => {
    const { page } = releasing
    await page.getByRole('link', { name: '签发', exact: true }).click()
    await page.getByRole('link', { name: codeLabel('zh-Hans', 'type.request.opened') }).click()
    expect(new URL(page.url()).pathname).toBe(releasePath)
    await look(releasing, 'release')
    await page.getByRole('button', { name: '用通行密钥批准' }).click()
    await see(page.getByText('已获批准，可以签发'))
    await look(releasing, 'release-approved')
    expect(await countEntries(nodes.us)).toBe(before)
    // Whoever has it open is told that it waits no more.
    for (const person of [liaison, releasing]) person.expectRefusals(/\/releases\//)
    await page.getByRole('button', { name: '签发', exact: true }).click()
    const asked = page.getByRole('dialog', { name: '是您本人吗？' })
    await Promise.race([see(asked), see(page.getByText('没有待签发的内容'))])
    if (await asked.isVisible()) await asked.getByRole('button', { name: '使用通行密钥' }).click()
    await see(page.getByText('没有待签发的内容'))
    await look(releasing, 'releases')
    await see(liaison.page.getByRole('alert'))
    expect(await countEntries(nodes.us)).toBe(before + 1)
  })

  test('[RL4] [T-13] it is at the other node, valid, and says what was approved', async () => {
    const { items } = await nodes.us.client.listInbox({ query: { channel: nodes.channel } })
    const id = items[0]!.id
    await untilThere(nodes.cn, id)
    const { acts, request } = await nodes.cn.client.viewRequest({ params: { channel: nodes.channel, id } })
    expect(request.status).toBe('open')
    expect(acts[0]).toMatchObject({ type: 'request.opened', party: 'us', verdict: 'valid' })
    const body = await nodes.cn.client.openBody({ params: { digest: acts[0]!.body!.digest } })
    expect(JSON.stringify(body.plaintext)).toContain('Another ending.')
  })

  test('a deed on a request begins a draft too, and what commits to nothing is done at once', async () => {
    const { labels, page } = liaison
    const { items } = await nodes.us.client.listInbox({ query: { channel: nodes.channel } })
    await liaison.visit(`/channels/${nodes.channel}/requests/${items[0]!.id}`)
    await page.getByRole('button', { name: labels.deeds['request.withdrawn'], exact: true }).click()
    const dialog = page.getByRole('dialog', { name: labels.deeds['request.withdrawn'] })
    await dialog.getByRole('button', { name: 'Begin a draft' }).click()
    await see(page.getByRole('heading', { level: 1, name: labels.deeds['request.withdrawn'] }))
    await look(liaison, 'draft-deed')
    await page.getByRole('button', { name: 'Discard the draft' }).click()
    await page.getByRole('button', { name: 'Discard it now' }).click()
    await see(page.getByText('No drafts', { exact: true }))
    for (const { complaints } of [administrator, liaison, releasing, duty]) expect(complaints).toEqual([])
  })
})
