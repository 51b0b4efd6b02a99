import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Locator } from 'playwright-core'
import { describeStory, launchBrowser } from './support/browser.ts'
import { actLine, confirm, doDeed } from './support/deeds.ts'
import { chooseOption, chooseRadio, tick, write } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { countActs, countEntries, openRequest } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const title = 'Payment pages on 198.51.100.7'
const original = `${title}\n\nFraudulent payment pages were served from this address between 12 and 19 October.\n\nPlease tell us who operated the server.`
const translated =
  '198.51.100.7 上的支付页面\n\n10月12日至19日期间，该地址托管了欺诈性支付页面。\n\n请告知该服务器的运营者。'

describeStory('a request from its opening to its closing', () => {
  let browser: Browser
  let nodes: TwoNodes
  /** The duty officer who asks, in English. */
  let us: Person
  /** The duty officer who is asked, in Chinese. */
  let cn: Person
  let path: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans' })
    await Promise.all([us.signIn(), cn.signIn()])
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)
  const number = (): string => path.split('/').at(-1)!

  async function seeStatus(status: string): Promise<void> {
    await see(us.page.getByText(en(`requestStatus.${status}`), { exact: true }))
    await see(cn.page.getByText(zh(`requestStatus.${status}`), { exact: true }))
  }

  test('a form with nothing in it is refused in a summary and beside each field, and nothing is recorded', async () => {
    const { labels, page } = us
    const before = await countEntries(nodes.us)
    await page.getByRole('link', { name: labels.newRequest }).click()
    await page.getByRole('button', { name: labels.lookOver }).click()
    const summary = page.getByRole('alert')
    await see(summary)
    const links = summary.getByRole('link')
    const named = await links.allInnerTexts()
    for (const field of ['kind', 'urgency', 'offences', 'languages', 'handling']) {
      expect(named.filter((line) => line.startsWith(`${en(`field.${field}`)}:`))).toHaveLength(1)
    }
    expect(named).toContain('Text: The text is blank.')
    // Each link leads into its field, and the field carries the same words.
    for (const name of named) {
      await links.getByText(name, { exact: true }).click()
      await see(page.locator('input:focus, textarea:focus, select:focus'))
    }
    expect(await page.getByText('This field is missing.', { exact: true }).count()).toBeGreaterThanOrEqual(5)
    expect(await page.getByRole('alertdialog').count()).toBe(0)
    expect(await countEntries(nodes.us)).toBe(before)
  })

  test('the form takes a text in English and a translation in Chinese, and keeps the draft over other pages', async () => {
    const { labels, page } = us
    await chooseOption(page, en('field.kind'), en('requestKind.subscriber-data'))
    await chooseRadio(page, en('field.urgency'), en('urgency.urgent'))
    await tick(page, en('field.urgencyGrounds'), en('urgencyGround.evidence-at-risk'))
    await tick(page, en('field.offences'), en('offence.phishing'), en('offence.computer-fraud'))
    await tick(page, labels.optional(en('field.cites')), 'Timely responses to requests')
    await tick(page, en('field.languages'), 'English', '中文（简体）')
    await chooseRadio(page, en('field.handling'), en('handling.amber'))
    await write(page, labels.text, original)
    await page.getByRole('button', { name: labels.addTranslation }).click()
    await write(page, labels.translation, translated)
    await chooseOption(page, labels.addParticular, en('particular.legal-basis'))
    await write(page, en('particular.legal-basis'), 'Title 18, section 1030')

    await page.getByRole('link', { name: labels.agreement, exact: true }).click()
    await see(page.getByRole('heading', { level: 1, name: /^Outcomes/ }))
    await page.goBack()
    expect(await page.getByRole('textbox', { name: labels.translation }).inputValue()).toBe(translated)
    expect(await page.getByRole('textbox', { name: labels.text, exact: true }).inputValue()).toBe(original)
  })

  test('the confirmation says exactly what will be recorded and sent, and no careless key records it', async () => {
    const { labels, page } = us
    const before = await countEntries(nodes.us)
    const button = page.getByRole('button', { name: labels.lookOver })
    await button.focus()
    await button.press('Enter')
    const confirmation = page.getByRole('alertdialog', { name: labels.recordTitle(labels.deeds['request.opened']) })
    await see(confirmation)
    for (const key of ['Enter', ' ', 'a', 'y', 'Enter']) await page.keyboard.press(key)
    await see(confirmation)
    expect(await countEntries(nodes.us)).toBe(before)

    const said = await confirmation.innerText()
    for (const words of [
      "People's Republic of China",
      en('requestKind.subscriber-data'),
      en('urgency.urgent'),
      en('urgencyGround.evidence-at-risk'),
      en('offence.phishing'),
      'Timely responses to requests',
      en('handling.amber'),
      'Fraudulent payment pages were served',
      '10月12日至19日期间',
      en('particular.legal-basis'),
      'Title 18, section 1030',
      'What cannot be undone',
    ]) {
      expect(said).toContain(words)
    }
    await confirmation.getByText('Exactly what is recorded').click()
    const exact = JSON.parse(await confirmation.locator('pre').innerText()) as Record<string, unknown>
    expect(exact).toMatchObject({
      type: 'request.opened',
      data: { to: 'cn', kind: 'subscriber-data', urgency: 'urgent', offences: ['computer-fraud', 'phishing'] },
      body: {
        texts: [
          { language: 'en', role: 'original', text: original },
          { language: 'zh-Hans', role: 'translation', text: translated },
        ],
        fields: { 'legal-basis': 'Title 18, section 1030' },
      },
    })

    await page.keyboard.press('Escape')
    await seeGone(confirmation)
    expect(await page.getByRole('textbox', { name: labels.text, exact: true }).inputValue()).toBe(original)
    expect(await countEntries(nodes.us)).toBe(before)
  })

  test('once recorded it is at the other side without loading the page again', async () => {
    const { labels, page } = us
    await cn.visit(`/channels/${nodes.channel}/requests`)
    await page.getByRole('button', { name: labels.lookOver }).click()
    const sent = performance.now()
    await confirm(us, 'request.opened')
    const row = cn.page.getByRole('row', { name: new RegExp(title) })
    await see(row)
    process.stdout.write(`arrived at the other console after ${Math.round(performance.now() - sent)} ms\n`)
    await see(row.getByText(zh('urgency.urgent'), { exact: true }))
    await see(cn.page.getByText('1 件待办'))
    await see(page.getByRole('heading', { level: 1, name: title }))
    path = new URL(page.url()).pathname
  })

  test('the text and its translation stand side by side, paragraph by paragraph', async () => {
    const { page } = cn
    await page.getByRole('link', { name: title }).click()
    await see(page.getByRole('heading', { level: 1, name: title }))
    const line = actLine(cn, zh('type.request.opened'))
    const left = line.locator('[lang=en]').getByText('Please tell us who operated the server.')
    const right = line.locator('[lang=zh-Hans]').getByText('请告知该服务器的运营者。')
    const [a, b] = [await left.boundingBox(), await right.boundingBox()]
    expect(Math.abs(a!.y - b!.y)).toBeLessThan(8)
    expect(b!.x).toBeGreaterThan(a!.x + a!.width)
    await see(line.getByText('Title 18, section 1030'))
  })

  test('its standing goes to delivered on the asking side without loading the page again', async () => {
    const line = actLine(us, en('type.request.opened'))
    await see(line.getByText(en('standing.delivered'), { exact: true }))
  })

  test('the other side states that it opened the text, and the standing goes to opened', async () => {
    const line = actLine(cn, zh('type.request.opened'))
    await line.getByRole('button', { name: cn.labels.deeds['entry.opened'] }).click()
    await confirm(cn, 'entry.opened')
    await see(actLine(us, en('type.request.opened')).getByText(en('standing.opened'), { exact: true }))
  })

  test('what is not open now is listed with the reason', async () => {
    const { labels, page } = us
    const choices = page.getByRole('region', { name: labels.whatYouCanDo })
    await choices.getByText(labels.notNow).click()
    await see(choices.getByText('The request has been neither answered nor refused.'))
    expect(await choices.getByRole('button', { name: labels.deeds['request.assessed'] }).count()).toBe(0)
  })

  test('it is acknowledged', async () => {
    await doDeed(cn, 'request.acknowledged', (form) => write(form, cn.labels.optional(zh('field.office')), 'duty-desk'))
    await seeStatus('acknowledged')
    await see(actLine(us, en('type.request.acknowledged')).getByText('duty-desk'))
    await seeNow(us, cn)
  })

  /** Both pages show as many acts as their nodes hold. */
  async function seeNow(...people: readonly Person[]): Promise<void> {
    for (const { desk, page } of people) {
      const count = await countActs(desk, number())
      await see(page.getByRole('heading', { level: 3 }).nth(count - 1))
    }
  }

  test('it is returned as incomplete, with what is missing', async () => {
    await doDeed(cn, 'request.returned', async (form) => {
      await tick(form, zh('field.reasons'), zh('returnReason.incomplete'))
      await tick(form, cn.labels.optional(zh('field.missing')), zh('particular.time-range'))
    })
    await seeStatus('returned')
    await see(actLine(us, en('type.request.returned')).getByText(en('particular.time-range')))
  })

  test('it is supplemented', async () => {
    await doDeed(us, 'request.supplemented', async (form) => {
      await chooseOption(form, us.labels.addParticular, en('particular.time-range'))
      await write(form, en('particular.time-range'), 'A week in October')
      await write(form, us.labels.text, 'From 12 October 00:00 to 19 October 24:00 UTC.')
    })
    await seeStatus('acknowledged')
    await see(actLine(cn, zh('type.request.supplemented')).getByText('From 12 October 00:00'))
  })

  test('it is accepted', async () => {
    await doDeed(cn, 'request.accepted', (form) =>
      tick(form, cn.labels.optional(zh('field.conditions')), zh('condition.confidential')),
    )
    await seeStatus('accepted')
    await see(actLine(us, en('type.request.accepted')).getByText(en('condition.confidential')))
  })

  const answer = (outcome: string, text: string) => async (form: Locator) => {
    await chooseRadio(form, zh('field.outcome'), zh(`answerOutcome.${outcome}`))
    await chooseRadio(form, zh('field.handling'), zh('handling.amber'))
    const add = form.getByRole('button', { name: cn.labels.addText })
    if (await add.isVisible()) await add.click()
    await form.getByRole('textbox', { name: new RegExp(`^${cn.labels.text}`) }).fill(text)
  }

  test('it is answered in part, then in full', async () => {
    await doDeed(cn, 'request.answered', answer('part', '该服务器由一家托管商出租。'))
    await seeStatus('answered-in-part')
    await see(actLine(us, en('type.request.answered')).getByText('该服务器由一家托管商出租。'))
    await doDeed(cn, 'request.answered', answer('full', '租用人信息随函附上。'))
    await seeStatus('answered')
    await see(actLine(us, en('type.request.answered')).getByText('租用人信息随函附上。'))
  })

  test('the answer is assessed, and the request is closed', async () => {
    await doDeed(us, 'request.assessed', async (form) => {
      for (const criterion of ['timeliness', 'completeness', 'usefulness']) {
        await chooseRadio(form, en(`field.${criterion}`), '4')
      }
    })
    await see(actLine(cn, zh('type.request.assessed')))
    await doDeed(us, 'request.closed', (form) => chooseRadio(form, en('field.outcome'), en('closingOutcome.satisfied')))
    await seeStatus('closed')
    await see(cn.page.getByText('现在没有须由本方采取的行动。'))
    const choices = cn.page.getByRole('region', { name: cn.labels.whatYouCanDo })
    await choices.getByText(cn.labels.notNow).click()
    await see(choices.getByText('请求已撤回或已办结。'))
  })

  test('both sides hold the same acts in the same state', async () => {
    const views = await Promise.all(
      [nodes.us, nodes.cn].map(({ client }) =>
        client.viewRequest({ params: { channel: nodes.channel, id: number() } }),
      ),
    )
    expect(views[0]!.request.status).toBe('closed')
    expect(views[1]!.stateDigest).toBe(views[0]!.stateDigest)
    expect(views[1]!.acts.map(({ entry }) => entry.digest)).toEqual(views[0]!.acts.map(({ entry }) => entry.digest))
  })

  test('another request is refused, with the ground', async () => {
    const other = await openRequest(nodes.us, { language: 'en', text: 'What cannot be given' })
    await cn.page.getByRole('link', { name: cn.labels.requests }).first().click()
    await cn.page.getByRole('link', { name: 'What cannot be given' }).click()
    await us.visit(`/channels/${nodes.channel}/requests/${other}`)
    await doDeed(cn, 'request.refused', (form) =>
      chooseOption(form, zh('field.ground'), zh('refusalGround.essential-interests')),
    )
    await seeStatus('refused')
    await see(actLine(us, en('type.request.refused')).getByText(en('refusalGround.essential-interests')))
  })

  test('nothing went wrong on either page', () => {
    expect(us.complaints).toEqual([])
    expect(cn.complaints).toEqual([])
  })
})
