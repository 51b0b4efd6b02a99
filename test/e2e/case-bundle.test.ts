import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { demandsOf, findType } from '@parley/mechanism'
import type { Browser } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { enrolPerson, invite } from './support/enrol.ts'
import { openRequest, untilThere } from './support/matters.ts'
import { see, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes, until } from './support/two-nodes.ts'
import type { Desk, TwoNodes } from './support/two-nodes.ts'
import { listForeignWords } from './support/wording.ts'

/** Where pictures go, for people who want to look at the pages. */
const pictures = process.env['PARLEY_PICTURES']
const question = 'Payment pages on 198.51.100.7'

describeStory('a case for a court, made by a releasing officer in the browser', () => {
  let browser: Browser
  let nodes: TwoNodes
  let desk: Desk
  let releasing: Person
  let duty: Person
  let request = ''

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    browser = await launchBrowser()
    desk = { ...nodes.us, origin: nodes.us.origin.replace('127.0.0.1', 'localhost') }
    if (pictures !== undefined) await mkdir(pictures, { recursive: true })
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })

  test('a releasing officer and a duty officer sign in', async () => {
    const added = await nodes.us.client.addPerson({
      body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
    })
    const administrator = await enrolPerson(browser, desk, 'en', added.invitation!.code)
    const codes = [
      await invite(administrator, 'Release desk', 'releasing officer'),
      await invite(administrator, 'Duty desk', 'duty officer'),
    ]
    releasing = await enrolPerson(browser, desk, 'zh-Hans', codes[0]!)
    duty = await enrolPerson(browser, desk, 'en', codes[1]!)
    request = await openRequest(nodes.us, { language: 'en', text: question })
    await untilThere(nodes.cn, request)
    await until('the receipt has come back', async () => {
      const { acts } = await nodes.us.client.viewRequest({ params: { channel: nodes.channel, id: request } })
      return acts[0]?.standing.level === 'delivered' ? true : undefined
    })
  })

  test('[CD2] nothing is chosen at first; what is chosen is in the file and opens without a key', async () => {
    const { page } = releasing
    await releasing.visit(`/channels/${nodes.channel}/requests/${request}`)
    await page.getByRole('button', { name: '供法院使用的单个文件' }).click()
    const dialogue = page.getByRole('dialog', { name: '供法院使用的单个文件' })
    await see(dialogue.getByText('不公开任何文本。'))
    await releasing.settle()
    expect(await listViolations(page)).toEqual([])
    expect(await listForeignWords(page, 'zh-Hans')).toEqual([])
    await dialogue.getByText(question).click()
    await see(dialogue.getByText('所选内容标记为', { exact: false }))
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'case-bundle-zh-Hans.png') })
    const download = page.waitForEvent('download')
    await dialogue.getByRole('button', { name: '制作文件' }).click()
    const path = await (await download).path()
    await seeGone(dialogue)
    const demands = (type: string) => (findType(type) === undefined ? undefined : demandsOf(type))
    const { bundle } = await openCase(nodeCrypto, new Uint8Array(await readFile(path)), { demands })
    expect(bundle.manifest.subject).toBe(request)
    const texts = [...bundle.openings.values()].map(({ plaintext }) => new TextDecoder().decode(plaintext))
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain(question)
    expect(releasing.complaints).toEqual([])
  })

  test('[CD3] the deed is in the security log, and a duty officer is not offered it', async () => {
    const { items } = await nodes.us.client.listSecurityEvents({ query: {} })
    expect(items.find(({ kind }) => kind === 'case.disclosed')?.detail).toContain(request)
    await duty.visit(`/channels/${nodes.channel}/requests/${request}`)
    await see(duty.page.getByRole('button', { name: 'Case file as PDF' }))
    expect(await duty.page.getByRole('button', { name: 'One file for a court' }).count()).toBe(0)
  })
})
