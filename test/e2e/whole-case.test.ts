import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { actLine, doDeed, fillIn } from './support/deeds.ts'
import { enrolOfficial, enrolPerson, invite } from './support/enrol.ts'
import { chooseOption, chooseRadio, tick, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { untilThere } from './support/matters.ts'
import { see, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { releaseTogether } from './support/two-hands.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { Desk, TwoNodes } from './support/two-nodes.ts'

const title = 'Ransom note on hospital servers, traced to 198.51.100.7'
const original = `${title}\n\nThe server has been handing out keys since 09:00 UTC. Please tell us who rents it.`
const translated =
  '医院服务器勒索信息，来源为198.51.100.7\n\n自世界协调时09:00起，该服务器一直在发放密钥。请告知租用人。'
const partly = '该服务器由一家托管商出租。'
const fully = '租用人信息见所附文件。'

/** The people of one party: who writes and who releases. */
interface Office {
  readonly liaison: Person
  readonly releasing: Person
  readonly duty: Person
}

describeStory('a whole case between the people of two parties', () => {
  let browser: Browser
  let nodes: TwoNodes
  /** In English. */
  let us: Office
  /** In Chinese. */
  let cn: Office
  let request: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)
  const everybody = (): Person[] => [us, cn].flatMap((office) => Object.values(office) as Person[])
  const requestPath = (): string => `/channels/${nodes.channel}/requests/${request}`

  async function staff(node: Desk, language: Person['language']): Promise<Office> {
    const desk = { ...node, origin: node.origin.replace('127.0.0.1', 'localhost') }
    const added = await node.client.addPerson({
      body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
    })
    const administrator = await enrolPerson(browser, desk, 'en', added.invitation!.code)
    const codes = [
      await invite(administrator, 'Liaison desk', 'liaison officer'),
      await invite(administrator, 'Release desk', 'releasing officer'),
      await invite(administrator, 'Duty desk', 'duty officer'),
    ]
    const [liaison, releasing, duty] = [
      await enrolPerson(browser, desk, language, codes[0]!),
      await enrolPerson(browser, desk, language, codes[1]!),
      await enrolPerson(browser, desk, language, codes[2]!),
    ]
    await administrator.page.reload()
    await enrolOfficial(administrator, 'Release desk', 'releasing officer')
    expect(administrator.complaints).toEqual([])
    await administrator.leave()
    return { liaison, releasing, duty }
  }

  test('[ID2] three people of each party enrol their passkeys', async () => {
    us = await staff(nodes.us, 'en')
    cn = await staff(nodes.cn, 'zh-Hans')
  })

  test('[RL4] an urgent request with its translation is written by one and released by another', async () => {
    const { labels } = us.liaison
    await cn.duty.visit(`/channels/${nodes.channel}/requests`)
    await us.liaison.visit(`/channels/${nodes.channel}/requests/new`)
    await releaseTogether({ author: us.liaison, releasing: us.releasing }, 'request.opened', {
      said: '自世界协调时09:00起',
      async write(page) {
        await chooseOption(page, en('field.kind'), en('requestKind.subscriber-data'))
        await chooseRadio(page, en('field.urgency'), en('urgency.urgent'))
        await tick(page, en('field.urgencyGrounds'), en('urgencyGround.evidence-at-risk'))
        await tick(page, en('field.offences'), en('offence.phishing'))
        await tick(page, en('field.languages'), 'English', '中文（简体）')
        await chooseRadio(page, en('field.handling'), en('handling.amber'))
        await write(page, labels.text, original)
        await page.getByRole('button', { name: labels.addTranslation }).click()
        await write(page, labels.translation, translated)
      },
    })
    const { items } = await nodes.us.client.listInbox({ query: { channel: nodes.channel } })
    request = items[0]!.id
    await untilThere(nodes.cn, request)
  })

  test('it comes in at the other side without loading the page again, in the reader’s language', async () => {
    const { page } = cn.duty
    const row = page.getByRole('row', { name: /198\.51\.100\.7/ })
    await see(row)
    await row.getByRole('link').first().click()
    await see(page.getByText('自世界协调时09:00起'))
    await us.liaison.visit(requestPath())
    await see(actLine(us.liaison, en('type.request.opened')).getByText(en('standing.delivered'), { exact: true }))
  })

  test('nobody has answered yet, so the hotline rings about it, and a person takes the call', async () => {
    const { page } = us.liaison
    await page.keyboard.press('e')
    await fillIn(us.liaison, 'hotline.raised')
    await see(page.getByRole('link', { name: request.slice(0, 12) }))
    const banner = cn.duty.page.getByRole('region', { name: '正在振铃的呼叫' })
    await see(banner.getByText(cn.duty.labels.hotlineRings))
    await banner.getByRole('link', { name: cn.duty.labels.openCall }).click()
    await doDeed(cn.duty, 'hotline.taken')
    await see(page.getByText(en('hotlineStatus.taken'), { exact: true }))
    await doDeed(us.liaison, 'hotline.closed', (form) =>
      chooseRadio(form, en('field.outcome'), en('hotlineOutcome.settled')),
    )
    await seeGone(banner)
  })

  test('the duty officer acknowledges it at once, within its target on both sides', async () => {
    await cn.duty.visit(requestPath())
    await doDeed(cn.duty, 'request.acknowledged')
    await us.liaison.visit(requestPath())
    await see(us.liaison.page.getByText(en('requestStatus.acknowledged'), { exact: true }))
    const clocks = await Promise.all(
      [nodes.us, nodes.cn].map(async ({ client }) => {
        const { clocks: viewed } = await client.viewRequest({ params: { channel: nodes.channel, id: request } })
        return viewed.find(({ what }) => what === 'acknowledgement')
      }),
    )
    expect(clocks[0]).toMatchObject({ state: 'met' })
    expect(clocks[1]).toEqual(clocks[0])
  })

  const answer = (outcome: string, text: string) => async (page: Page) => {
    const { labels } = cn.liaison
    await chooseRadio(page, zh('field.outcome'), zh(`answerOutcome.${outcome}`))
    await chooseRadio(page, zh('field.handling'), zh('handling.amber'))
    const add = page.getByRole('button', { name: labels.addText })
    if (await add.isVisible()) await add.click()
    await page.getByRole('textbox', { name: new RegExp(`^${labels.text}`) }).fill(text)
  }

  test('a first part is answered, released by another person', async () => {
    await cn.liaison.visit(requestPath())
    await releaseTogether({ author: cn.liaison, releasing: cn.releasing }, 'request.answered', {
      said: partly,
      write: answer('part', partly),
    })
    await see(actLine(us.liaison, en('type.request.answered')).getByText(partly))
    await see(us.liaison.page.getByText(en('requestStatus.answered-in-part'), { exact: true }))
  })

  test('a file is sealed as evidence, handed over by two people and received', async () => {
    const { page } = cn.liaison
    await cn.liaison.visit(requestPath())
    await page.getByRole('button', { name: cn.liaison.labels.addEvidence }).click()
    const form = page.getByRole('dialog', { name: cn.liaison.labels.addEvidence })
    await form
      .getByLabel('选择文件')
      .setInputFiles({ name: 'tenant.csv', mimeType: 'text/csv', buffer: randomBytes(300_000) })
    await chooseRadio(form, '处理标识（TLP 2.0）', zh('handling.amber'))
    await chooseOption(form, '种类', zh('evidenceMedia.log-files'))
    await form.getByRole('button', { name: '封存并上传' }).click()
    await seeGone(form)
    const row = page.getByRole('row').filter({ hasText: 'tenant.csv' })
    await see(row)
    await row.getByRole('link').first().click()
    await see(page.getByRole('heading', { level: 1, name: 'tenant.csv' }))
    await releaseTogether({ author: cn.liaison, releasing: cn.releasing }, 'evidence.given', {
      said: zh('type.evidence.given'),
      write: () => Promise.resolve(),
    })
    await us.liaison.visit(requestPath())
    await see(us.liaison.page.getByRole('row').filter({ hasText: en('evidenceStatus.received') }))
  })

  test('it is answered in full, assessed and closed, each by two people', async () => {
    await cn.liaison.visit(requestPath())
    await releaseTogether({ author: cn.liaison, releasing: cn.releasing }, 'request.answered', {
      said: fully,
      write: answer('full', fully),
    })
    await see(us.liaison.page.getByText(en('requestStatus.answered'), { exact: true }))
    await releaseTogether({ author: us.liaison, releasing: us.releasing }, 'request.assessed', {
      said: en('field.usefulness'),
      async write(page) {
        for (const criterion of ['timeliness', 'completeness', 'usefulness']) {
          await chooseRadio(page, en(`field.${criterion}`), '4')
        }
      },
    })
    await us.liaison.visit(requestPath())
    await releaseTogether({ author: us.liaison, releasing: us.releasing }, 'request.closed', {
      said: en('closingOutcome.satisfied'),
      write: (page) => chooseRadio(page, en('field.outcome'), en('closingOutcome.satisfied')),
    })
    await cn.liaison.visit(requestPath())
    await see(cn.liaison.page.getByText(zh('requestStatus.closed'), { exact: true }))
  })

  test('all of it is in both records, each act valid, in one state', async () => {
    const [ours, theirs] = await Promise.all(
      [nodes.us, nodes.cn].map(({ client }) => client.viewRequest({ params: { channel: nodes.channel, id: request } })),
    )
    expect(ours!.request.status).toBe('closed')
    expect(theirs!.stateDigest).toBe(ours!.stateDigest)
    expect(theirs!.acts.map(({ entry }) => entry.digest)).toEqual(ours!.acts.map(({ entry }) => entry.digest))
    for (const { verdict } of ours!.acts) expect(verdict).toBe('valid')
    for (const { complaints } of everybody()) expect(complaints).toEqual([])
  })
})
