import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import type { EntryView } from '@parley/api'
import { describeInBrowser, launchBrowser } from './support/browser.ts'
import { actLine } from './support/deeds.ts'
import { act, openRequest } from './support/matters.ts'
import { see, seatPerson, seeGone } from './support/person.ts'
import type { Person } from './support/person.ts'
import { startTwoNodes, until } from './support/two-nodes.ts'
import type { TwoNodes } from './support/two-nodes.ts'

const entryAddress = /\/api\/logs\/[0-9a-f]{64}\/entries\/[0-9]+$/

const steps = {
  form: 'The bytes are an entry in its one canonical form',
  digest: 'The digest is that of the content',
  checkpoint: 'The log’s key signed the checkpoint',
  path: 'The path leads from the entry to the signed root',
  cosignature: 'A cosigner saw the log grow to this checkpoint',
  approval: 'The officials named approved exactly this content',
}
type Step = keyof typeof steps

/** An answer as a node that lies might give it: the proof is there. */
type Answer = { -readonly [K in keyof EntryView]: EntryView[K] } & { proof: NonNullable<EntryView['proof']> }

const flip = (base64: string, at: number): string => {
  const bytes = Buffer.from(base64, 'base64')
  bytes[at < 0 ? bytes.length + at : at]! ^= 1
  return bytes.toString('base64')
}
const respell = (base64: string, from: string, to: string): string =>
  Buffer.from(Buffer.from(base64, 'base64').toString().replace(from, to)).toString('base64')
/** Flips a bit of the signature in a line of the note, the key's number left as it is. */
const flipSignature = (note: string, name: RegExp): string =>
  note.replace(name, (_, head: string, signature: string) => head + flip(signature, -1))
const withProof = (view: Answer, change: Partial<Answer['proof']>): Answer => ({
  ...view,
  proof: { ...view.proof, ...change },
})

const lies: readonly (readonly [what: string, lie: (view: Answer) => Answer, failing: readonly Step[]])[] = [
  ['a flipped bit in the entry', (view) => ({ ...view, bytes: flip(view.bytes, 0) }), ['form', 'path']],
  [
    'another word in the entry, in canonical form',
    (view) => ({ ...view, bytes: respell(view.bytes, '"ordinary"', '"urgent"') }),
    ['digest', 'path', 'approval'],
  ],
  [
    'a space in the entry, which changes none of its meaning',
    (view) => ({ ...view, bytes: respell(view.bytes, '{', '{ ') }),
    ['form', 'path'],
  ],
  [
    'another digest',
    (view) => ({
      ...view,
      digest: view.digest.startsWith('0') ? `1${view.digest.slice(1)}` : `0${view.digest.slice(1)}`,
    }),
    ['digest'],
  ],
  [
    'a flipped bit in a hash of the path',
    (view) => withProof(view, { hashes: view.proof.hashes.map((hash, at) => (at === 0 ? flip(hash, 5) : hash)) }),
    ['path'],
  ],
  ['a hash too few', (view) => withProof(view, { hashes: view.proof.hashes.slice(1) }), ['path']],
  ['a hash too many', (view) => withProof(view, { hashes: [...view.proof.hashes, view.proof.hashes[0]!] }), ['path']],
  [
    'another root in the checkpoint',
    (view) => {
      const lines = view.proof.checkpoint.split('\n')
      return withProof(view, { checkpoint: lines.with(2, flip(lines[2]!, 0)).join('\n') })
    },
    ['checkpoint', 'path', 'cosignature'],
  ],
  [
    'a flipped bit in the log’s signature',
    (view) => withProof(view, { checkpoint: flipSignature(view.proof.checkpoint, /(— \S+\/c\/[0-9a-f]{32} )(\S+)/) }),
    ['checkpoint', 'path'],
  ],
  [
    'a flipped bit in a cosignature',
    (view) => withProof(view, { checkpoint: flipSignature(view.proof.checkpoint, /(— cn\S+\/mirror )(\S+)/) }),
    ['cosignature'],
  ],
  [
    'an earlier time in a cosignature',
    (view) =>
      withProof(view, {
        checkpoint: view.proof.checkpoint.replace(
          /(— cn\S+\/mirror )(\S+)/,
          (_, head: string, signature: string) => head + flip(signature, 10),
        ),
      }),
    ['cosignature'],
  ],
  [
    'another key for an official',
    (view) =>
      withProof(view, {
        officials: view.proof.officials.map((official) => ({ ...official, key: flip(official.key, 3) })),
      }),
    ['approval'],
  ],
]

describeInBrowser('the proof of an entry', () => {
  let browser: Browser
  let nodes: TwoNodes
  let us: Person
  let request: string
  let path: string

  beforeAll(async () => {
    nodes = await startTwoNodes({ adopted: true })
    for (const text of ['One', 'Two', 'Three', 'Four']) request = await openRequest(nodes.us, { language: 'en', text })
    await act(nodes.cn, request, 'request.acknowledged', {})
    const { channel } = nodes
    await until('the entry is delivered', async () => {
      const { acts } = await nodes.us.client.viewRequest({ params: { channel, id: request } })
      return acts[0]?.standing.level === 'delivered' ? true : undefined
    })
    browser = await launchBrowser()
    us = await seatPerson(browser, nodes.us, { language: 'en' })
    await us.signIn()
  })
  afterAll(async () => {
    await browser?.close()
    await nodes?.close()
  })
  beforeEach(() => us.page.unrouteAll())

  const stepLine = (step: Step) => us.page.getByRole('listitem').filter({ hasText: steps[step] })

  test('one click on an act leads to its proof, which is drawn and verified in this browser', async () => {
    const { labels, page } = us
    await us.visit(`/channels/${nodes.channel}/requests/${request}`)
    await actLine(us, 'Request opened').getByRole('link', { name: labels.proof }).click()
    await see(page.getByText(labels.verified, { exact: true }))
    path = new URL(page.url()).pathname
    for (const step of Object.keys(steps) as Step[]) {
      await see(stepLine(step).getByText(labels.passed, { exact: true }))
    }
    await see(page.getByRole('img', { name: /^The path from entry 4 up .* to the root over 5 entries/ }))
    await page.getByText('The path in words').click()
    await see(page.getByText(/^With the hash over entries 0 to 3 at the left/))
    await see(page.getByText('signed root over 5'))
  })

  test.each(lies)('%s fails its steps, and only those', async (_, lie, failing) => {
    const { labels, page } = us
    await page.route(entryAddress, async (route) => {
      const response = await route.fetch()
      const told = (await response.json()) as Answer
      const lied = lie(structuredClone(told))
      expect(lied).not.toEqual(told)
      await route.fulfill({ response, json: lied })
    })
    await us.visit(path)
    await see(page.getByText(failing.length === 1 ? 'One step failed' : `${failing.length} steps failed`))
    await seeGone(page.getByText(labels.verified, { exact: true }))
    const shown = await Promise.all(
      (Object.keys(steps) as Step[]).map(async (step) =>
        (await stepLine(step).getByText(labels.failed, { exact: true }).count()) > 0 ? [step] : [],
      ),
    )
    expect(shown.flat()).toEqual(failing)
    if (failing.includes('path')) expect(await page.getByText('signed root over 5').count()).toBe(0)
  })

  test('what is shown is what was verified, whatever else the node says of it', async () => {
    const { labels, page } = us
    await page.route(entryAddress, async (route) => {
      const response = await route.fetch()
      const told = (await response.json()) as Answer
      const entry = { ...told.entry, type: 'request.withdrawn', data: { ground: 'sent-in-error' } }
      await route.fulfill({ response, json: { ...told, entry } })
    })
    await us.visit(path)
    await see(page.getByText(labels.verified, { exact: true }))
    await see(page.getByRole('heading', { level: 1, name: 'Request opened' }))
    expect(await page.locator('main').innerText()).not.toContain('sent-in-error')
  })

  test('another entry of the log, with a good proof of its own, is not the one asked for', async () => {
    const { labels, page } = us
    await page.route(entryAddress, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace(/4$/, '3') })
      await route.fulfill({ response })
    })
    await us.visit(path)
    await see(stepLine('path').getByText(labels.failed, { exact: true }))
    await seeGone(page.getByText(labels.verified, { exact: true }))
  })

  test('an answer that says a proof is there, and brings none, is not called verified', async () => {
    const { labels, page } = us
    await page.route(entryAddress, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as Answer), proof: null } })
    })
    await us.visit(path)
    await see(page.getByText('No proof yet', { exact: true }))
    expect(await page.getByText(labels.verified, { exact: true }).count()).toBe(0)
  })

  test('without lies it is verified again, and nothing went wrong on the page', async () => {
    await us.visit(path)
    await see(us.page.getByText(us.labels.verified, { exact: true }))
    expect(us.complaints).toEqual([])
  })
})
