import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Download, Page } from 'playwright-core'
import { listViolations } from './support/axe.ts'
import { describeStory, launchBrowser } from './support/browser.ts'
import { actLine, doDeed, fillIn } from './support/deeds.ts'
import { chooseOption, chooseRadio } from './support/form.ts'
import { codeLabel } from './support/labels.ts'
import { openRequest, untilThere } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes, until } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

/** Several pieces and a bit: some arrive before the link is lost, some after. */
const content = randomBytes(9 * 1024 * 1024 + 77)
/** Reads backwards on a careless page, and is markup on a worse one. */
const fileName = 'invoice <img src=x onerror=alert(1)>\u202efdp.exe'
const shownName = /invoice <img src=x onerror=alert\(1\)>U\+202Efdp\.exe/

describeStory('a file from one side to the other, and its end', () => {
  let browser: Browser
  let nodes: TwoNodes
  /** Who seals it, in English. */
  let us: Person
  /** Who receives it, in Chinese. */
  let cn: Person
  let folder: string
  let request: string
  let item: string
  /** The file as it lies on the device, and another of the same bytes. */
  let file: string
  let second: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    folder = await mkdtemp(join(tmpdir(), 'parley-evidence-'))
    file = join(folder, fileName)
    second = join(folder, 'second.log')
    for (const path of [file, second]) await writeFile(path, content)
    request = await openRequest(nodes.cn, { language: 'en', text: 'The log of 198.51.100.7' })
    await untilThere(nodes.us, request)
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    cn = await seatPerson(browser, nodes.cn, { language: 'zh-Hans', scheme: 'dark' })
    // The tests cut the link of uploads.
    us.expectRefusals(/\/uploads/)
    await Promise.all([us.signIn(), cn.signIn()])
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  const en = (key: string): string => codeLabel('en', key)
  const zh = (key: string): string => codeLabel('zh-Hans', key)
  const itemPath = (): string => `/channels/${nodes.channel}/evidence/${item}`

  /** Lets so many pieces through and none after; what was let through is counted in bytes. */
  async function cutAfter(page: Page, pieces: number): Promise<{ mend(): Promise<void> }> {
    let passed = 0
    const address = /\/uploads\/[0-9a-f]{32}$/
    await page.route(address, async (route) => {
      if (route.request().method() === 'PATCH' && (passed += 1) > pieces) return route.abort('connectionreset')
      return route.continue()
    })
    return { mend: () => page.unroute(address) }
  }

  async function save(download: Download): Promise<Buffer> {
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return readFile(path)
  }

  test('a form without a file is refused; with one the upload begins, and a lost link is told', async () => {
    const { page } = us
    await us.visit(`/channels/${nodes.channel}/requests/${request}`)
    await see(page.getByText('No file belongs to this request yet.'))
    await page.getByRole('button', { name: 'Add evidence' }).click()
    const form = page.getByRole('dialog', { name: 'Add evidence' })
    await form.getByRole('button', { name: 'Seal and upload' }).click()
    await see(form.getByRole('alert').getByRole('link', { name: 'Choose at least one file.' }))
    await form.getByLabel('Choose files').setInputFiles(file)
    await see(form.getByText(shownName))
    expect(await listViolations(page)).toEqual([])
    await chooseRadio(form, 'Handling marking (TLP 2.0)', en('handling.amber-strict'))
    await chooseOption(form, 'Kind', en('evidenceMedia.log-files'))
    await cutAfter(page, 2)
    await form.getByRole('button', { name: 'Seal and upload' }).click()
    await seeGone(form)
    await see(page.getByText('The link is lost. The upload goes on by itself when it is back.'))
    expect(await listViolations(page)).toEqual([])
  })

  test('[EF3] after a reload the same file goes on where the node says, and another is not taken for it', async () => {
    const { page } = us
    await page.reload()
    await page.unrouteAll()
    const left = page.getByRole('list', { name: 'Left uploads' })
    await see(left.getByText(shownName))
    const { items: before } = await nodes.us.client.listUploads({ params: { channel: nodes.channel } })
    const { offset } = before[0]!
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThan(content.length)
    await left.getByLabel('Choose the same file to go on').setInputFiles(second)
    await see(left.getByText('That is another file: its name or its length is not that of the upload.'))
    let sent = 0
    page.on('request', (one) => {
      if (one.method() === 'PATCH' && one.url().includes('/uploads/')) sent += one.postDataBuffer()?.length ?? 0
    })
    await left.getByLabel('Choose the same file to go on').setInputFiles(file)
    await see(page.getByText('Sealed into the record'))
    // What had arrived was not sent again.
    expect(sent).toBe(content.length - offset)
    await see(page.getByRole('row').getByText(shownName))
    await see(page.getByRole('row').getByText('TLP:AMBER+STRICT'))
    const { items } = await nodes.us.client.listEvidence({ params: { channel: nodes.channel } })
    item = items[0]!.id
  })

  test('[EV3] handed over, it is received by the other node, and both see whose it is', async () => {
    await cn.visit(`/channels/${nodes.channel}/requests/${request}`)
    await us.page.getByRole('link', { name: 'To the item' }).click()
    await see(us.page.getByRole('heading', { level: 1, name: shownName }))
    await doDeed(us, 'evidence.given')
    // The page that is open on the other side hears of it.
    await see(cn.page.getByRole('row').getByText(shownName))
    await see(cn.page.getByRole('row').getByText(zh('evidenceStatus.received'), { exact: true }))
    await see(us.page.getByText(en('custodyStatus.received'), { exact: true }))
    expect(await listViolations(us.page)).toEqual([])
  })

  test('[EF11] [EF12] [T-10] [T-11] what for is recorded before the file is saved, equal to the byte and safe by name', async () => {
    const { page } = cn
    await page.getByRole('row').getByRole('link').first().click()
    await see(page.getByRole('heading', { level: 1, name: shownName }))
    expect(await page.getByRole('link', { name: '保存文件', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: cn.labels.deeds['evidence.opened'] }).click()
    await fillIn(cn, 'evidence.opened', (form) =>
      chooseRadio(form, zh('field.purpose'), zh('custodyPurpose.examination')),
    )
    const link = page.getByRole('link', { name: '保存文件', exact: true })
    await see(link)
    expect(await listViolations(page)).toEqual([])
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/^invoice _img src=x onerror=alert\(1\)_fdp\.exe$/)
    expect((await save(download)).equals(content)).toBe(true)
    await see(us.page.getByText(en('custodyStatus.opened'), { exact: true }))
    expect(await page.title()).toMatch(shownName)
  })

  test('[EF14] the bag holds the file and the certificate', async () => {
    const { page } = cn
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '保存为BagIt包' }).click(),
    ])
    await save(download)
    const bag = download.suggestedFilename().replace('.tar', '')
    const unpacked = spawnSync('tar', ['-xf', `${bag}.tar`], { cwd: folder, encoding: 'utf8' })
    expect(unpacked).toMatchObject({ status: 0, stderr: '' })
    const manifest = await readFile(join(folder, bag, 'manifest-sha256.txt'), 'utf8')
    const [, path] = manifest.trim().split('  ')
    expect((await readFile(join(folder, bag, path!))).equals(content)).toBe(true)
    expect(spawnSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: join(folder, bag) }).status).toBe(0)
    expect(spawnSync('sha512sum', ['-c', 'tagmanifest-sha512.txt'], { cwd: join(folder, bag) }).status).toBe(0)
  })

  test('the certificate is saved as it is and as text in both languages', async () => {
    const { page } = us
    await us.visit(itemPath())
    const [certificate] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the certificate' }).click(),
    ])
    const saved = JSON.parse((await save(certificate)).toString()) as { kind: string; item: string }
    expect(saved).toMatchObject({ kind: 'parley.custody', item })
    const [readable] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as readable text' }).click(),
    ])
    const text = (await save(readable)).toString()
    expect(text).toContain('Certificate of custody')
    expect(text).toContain('保管证明')
    expect(text).toContain(item)
  })

  test('[EV7] [EF10] erased by its sealer, asked back from the other, and shown on both sides with the ground', async () => {
    await doDeed(us, 'evidence.erased', (form) =>
      chooseRadio(form, en('field.ground'), en('erasureGround.court-order')),
    )
    await see(us.page.getByRole('heading', { name: 'Erased here' }))
    await see(us.page.getByText(/The ground: order of a court/))
    await see(cn.page.getByRole('heading', { name: '封存方要求删除' }))
    await see(cn.page.getByText(/已删除所持副本，理由：法院命令/))
    await doDeed(cn, 'evidence.erased', (form) =>
      chooseRadio(form, zh('field.ground'), zh('erasureGround.court-order')),
    )
    await see(cn.page.getByRole('heading', { name: '本方已删除' }))
    for (const person of [us, cn]) {
      expect(await person.page.getByRole('link', { name: /^(Save the file|保存文件)$/ }).count()).toBe(0)
      await see(actLine(person, codeLabel(person.language, 'type.evidence.erased')))
    }
    await until('the file is gone', async () => {
      const { item: row } = await nodes.us.client.viewEvidence({ params: { channel: nodes.channel, id: item } })
      return row.held.state === 'absent' ? true : undefined
    })
    await us.page.reload()
    await see(us.page.getByText(en('evidenceStatus.erased'), { exact: true }))
    expect(await listViolations(us.page)).toEqual([])
    expect(await listViolations(cn.page)).toEqual([])
  })

  test('an upload can be paused, gone on with and cancelled', async () => {
    const { page } = us
    await us.visit(`/channels/${nodes.channel}/evidence`)
    await page.getByRole('button', { name: 'Add evidence' }).click()
    const form = page.getByRole('dialog', { name: 'Add evidence' })
    await form.getByLabel('Choose files').setInputFiles(second)
    await cutAfter(page, 1)
    await form.getByRole('button', { name: 'Seal and upload' }).click()
    await see(page.getByText('The link is lost. The upload goes on by itself when it is back.'))
    await page.getByRole('button', { name: 'Pause the upload of second.log' }).click()
    await see(page.getByText('Paused', { exact: true }))
    await page.getByRole('button', { name: 'Go on with the upload of second.log' }).click()
    await see(page.getByText('The link is lost. The upload goes on by itself when it is back.'))
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Cancel the upload of second.log' }).click()
    await until('the node has thrown it away', async () => {
      const { items } = await nodes.us.client.listUploads({ params: { channel: nodes.channel } })
      return items.every((one) => one.item !== null) ? true : undefined
    })
    await seeGone(page.getByText('second.log'))
  })

  test('nothing went wrong on any page', () => {
    expect(us.complaints).toEqual([])
    expect(cn.complaints).toEqual([])
  })
})
