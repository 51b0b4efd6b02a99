// What a check of the store finds beside the record: files of evidence, and drafts with what waits of them.

import { cp, mkdir, mkdtemp, open, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pieceBytes } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { bodyOf } from '../../test-support/acts.ts'
import { addOfficer } from '../../test-support/officers.ts'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode } from '../../test-support/two-nodes.ts'
import { evidenceFolderAt } from '../evidence/evidence-folder.ts'
import { homePaths, openHome } from '../home.ts'
import { approveRelease } from '../release/approve.ts'
import { createDraft } from '../release/drafts.ts'
import { submitDraft } from '../release/submit.ts'
import { recordAct } from './act.ts'
import { beginUpload, recordSealed } from './evidence.ts'
import { checkStore } from './fsck.ts'
import type { StoreCheck } from './fsck.ts'

let folder: string
let channel: string
/** Sealed files by the name of their item. */
const items = { received: '', kept: '', erased: '' }

const order = {
  filename: 'log.txt',
  description: 'A log',
  language: 'en',
  media: 'log-files',
  handling: 'amber',
  to: ['cn'],
}

async function seal(us: TestNode, length: number): Promise<{ id: string; ciphertext: string }> {
  const owner = { channel, account: 'liaison' }
  const { uploads } = us.node.evidence
  const begun = await beginUpload(us.node, owner, length, order)
  const view = await uploads.append(owner, begun.id, 0, new Uint8Array(length).fill(7), (completed) =>
    recordSealed(us.node, channel, completed),
  )
  const { ciphertext } = (await us.node.evidence.readItem(channel, view.subject!))!
  return { id: view.subject!, ciphertext }
}

/** `us` has sealed three items, one of them handed over and one erased; an upload and two drafts are under way. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-fsck-beside-'))
  const nodes = await foundNodes()
  channel = nodes.channel
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  const received = await seal(us, 2.5 * pieceBytes)
  const kept = await seal(us, 1000)
  const erased = await seal(us, 1000)
  Object.assign(items, { received: received.ciphertext, kept: kept.ciphertext, erased: erased.ciphertext })
  await recordAct(us.node, channel, { type: 'evidence.given', subject: received.id, data: { to: 'cn' } })
  await eventually('received', async () => {
    const state = await us.node.evidence.readItem(channel, received.id)
    return state?.custody.find(({ party }) => party === 'cn')?.received
  })
  await recordAct(us.node, channel, { type: 'evidence.erased', subject: erased.id, data: { ground: 'court-order' } })
  await eventually('erased', async () => (await us.node.evidence.folder.sizeOf(erased.ciphertext)) === undefined)
  const owner = { channel, account: 'liaison' }
  const half = await beginUpload(us.node, owner, 1000, order)
  await us.node.evidence.uploads.append(owner, half.id, 0, new Uint8Array(10), () => Promise.reject(new Error('no')))

  const ada = await addOfficer(us.node, 'Liaison desk', ['liaison'])
  const bo = await addOfficer(us.node, 'Releasing desk', ['releasing'])
  const data = {
    to: 'cn',
    kind: 'information',
    urgency: 'ordinary',
    offences: ['illegal-access'],
    languages: ['en'],
    handling: 'amber',
  }
  const content = { data, body: bodyOf('Who used 198.51.100.7?') as never }
  await createDraft(us.node, ada.person, { channel, type: 'request.opened', content })
  const { id: draft } = await createDraft(us.node, ada.person, { channel, type: 'request.opened', content })
  const { digest } = await submitDraft(us.node, ada.person, { channel, id: draft, version: 1 })
  const meant = { channel, draft, digest: digest.toHex(), person: bo.person }
  await approveRelease(us.node, meant, await bo.approve(digest.toHex()))
  await nodes.settled()
  await Promise.all(nodes.all.map((one) => one.stop()))
  for (const one of [cn, us]) await cp(one.home.folder, join(folder, one === us ? 'us' : 'cn'), { recursive: true })
  await nodes.close()
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function check(
  party: 'us' | 'cn',
  spoil: (at: { database: DatabaseSync; place: string; item: (digest: string) => string }) => unknown = () => undefined,
): Promise<StoreCheck> {
  const copy = await mkdtemp(join(folder, 'copy-'))
  await cp(join(folder, party), copy, { recursive: true })
  const place = homePaths.evidence(copy)
  const database = new DatabaseSync(homePaths.database(copy))
  await spoil({ database, place, item: evidenceFolderAt(place).itemPath })
  database.close()
  try {
    return await checkStore(await openHome(copy), { crypto: nodeCrypto })
  } finally {
    await rm(copy, { recursive: true })
  }
}

async function changeByte(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, at)
  await file.write(Buffer.of(byte[0]! ^ 1), 0, 1, at)
  await file.close()
}

test('[FK1] [FK2] a sound node has no difference, whichever side of the evidence it is on', async () => {
  expect(await check('us')).toMatchObject({ differences: [], evidence: 2, drafts: 2 })
  expect(await check('cn')).toMatchObject({ differences: [], evidence: 1, drafts: 0 })
}, 60_000)

describe.each(['us', 'cn'] as const)('the files of %s', (party) => {
  test('[FK1] [T-20] a file that is missing, shorter, or has another piece is named by item and piece', async () => {
    const where = { digest: items.received, channel }
    const missing = await check(party, ({ item }) => rm(item(items.received)))
    expect(missing.differences).toMatchObject([{ what: 'evidence', where, expected: 'a file', found: 'nothing' }])

    const shorter = await check(party, ({ item }) => truncate(item(items.received), pieceBytes + 5))
    expect(shorter.differences).toMatchObject([
      { what: 'evidence', where: { ...where, field: 'bytes' }, found: String(pieceBytes + 5) },
      { what: 'evidence', where: { ...where, position: 1 } },
      { what: 'evidence', where: { ...where, position: 2 }, found: 'nothing' },
    ])

    const changed = await check(party, ({ item }) => changeByte(item(items.received), pieceBytes + 9))
    expect(changed.differences).toMatchObject([{ what: 'evidence', where: { ...where, position: 1 } }])
    expect(changed.differenceCount).toBe(1)
  }, 60_000)

  test('[FK1] without the hashes of its pieces a file is checked as a whole', async () => {
    const where = { digest: items.received, channel }
    const missing = await check(party, ({ item }) => rm(`${item(items.received)}.hashes`))
    expect(missing.differences).toMatchObject([{ what: 'evidence', where: { ...where, field: 'hashes' } }])
    const others = await check(party, async ({ item }) => {
      await changeByte(`${item(items.received)}.hashes`, 3)
      await changeByte(item(items.received), 9)
    })
    expect(others.differences.map(({ where: { field } }) => field)).toEqual(['hashes', 'pieces', 'ciphertext'])
  }, 60_000)
})

test('[FK1] a file that was erased in the record and is there, and one that nobody answers for, are named', async () => {
  const erased = await check('us', async ({ item }) => {
    await mkdir(dirname(item(items.erased)), { recursive: true })
    await cp(item(items.kept), item(items.erased))
  })
  expect(erased.differences).toMatchObject([
    { what: 'evidence', where: { digest: items.erased }, expected: 'erased', found: 'a file' },
  ])
  // What was sealed to the other side and not handed over is not there either.
  const early = await check('cn', async ({ item }) => {
    await mkdir(dirname(item(items.kept)), { recursive: true })
    await cp(item(items.received), item(items.kept))
  })
  expect(early.differences).toMatchObject([{ what: 'evidence', where: { digest: items.kept }, expected: 'erased' }])

  const orphans = await check('us', async ({ item, place }) => {
    const digest = 'ab'.repeat(32)
    await mkdir(dirname(item(digest)), { recursive: true })
    await writeFile(item(digest), 'x')
    await writeFile(join(place, 'arrivals', `${digest}.part`), 'x')
    const [upload] = await readdir(join(place, 'uploads'))
    await rename(join(place, 'uploads', upload!), join(place, 'uploads', `${'0'.repeat(32)}.part`))
  })
  expect(orphans.differences).toMatchObject([
    { what: 'evidence', where: { digest: 'ab'.repeat(32) }, expected: 'nothing' },
    { what: 'evidence', where: { file: `uploads/${'0'.repeat(32)}.part` } },
    { what: 'evidence', where: { file: `arrivals/${'ab'.repeat(32)}.part` } },
  ])
}, 60_000)

describe('drafts', () => {
  const changed: readonly (readonly [string, string, { what: string; field?: string }])[] = [
    [
      'content that our key does not open',
      `update drafts set content = x'00' where id not in (select draft from releases)`,
      { what: 'draft', field: 'content' },
    ],
    ['a type that is none', `update drafts set type = 'request.shouted'`, { what: 'draft', field: 'type' }],
    ['a channel that is none', `update drafts set channel = 'x'`, { what: 'draft', field: 'channel' }],
    ['no author', 'delete from draft_authors', { what: 'draft', field: 'authors' }],
    ['an entry that is none', `update releases set entry = x'7b7d'`, { what: 'release', field: 'entry' }],
    ['another digest', `update releases set digest = zeroblob(32)`, { what: 'release', field: 'digest' }],
    ['another body', `update releases set body = zeroblob(9)`, { what: 'release', field: 'body' }],
    ['a version that was never written', 'update releases set version = 9', { what: 'release', field: 'version' }],
    ['a draft that is gone', 'delete from drafts where id in (select draft from releases)', { what: 'release' }],
    [
      'an approval by who wrote it',
      `insert into draft_authors select draft, person from release_parts where part = 'approver'`,
      { what: 'release', field: 'approval' },
    ],
  ]
  test.each(changed)('[FK2] %s is named', async (_fault, sql, { field, what }) => {
    const { differences } = await check('us', ({ database }) => {
      database.exec('pragma foreign_keys = off')
      database.exec(sql)
    })
    expect(differences).toContainEqual(
      expect.objectContaining({ what, where: expect.objectContaining(field === undefined ? {} : { field }) }),
    )
  })

  test('[FK2] [T-13] an approval over other bytes, or by nobody known, is named', async () => {
    const spoilt = async (change: (approval: string) => string): Promise<StoreCheck> =>
      check('us', ({ database }) => {
        const row = database.prepare(`select approval from release_parts where part = 'approver'`).get()
        const update = database.prepare(`update release_parts set approval = ? where part = 'approver'`)
        update.run(change(String(row!['approval'])))
      })
    const flip = (text: string): string => (text[0] === 'A' ? 'B' : 'A') + text.slice(1)
    const other = await spoilt((text) => {
      const approval = JSON.parse(text) as { signature: string }
      return JSON.stringify({ ...approval, signature: flip(approval.signature) })
    })
    expect(other.differences).toMatchObject([{ what: 'release', found: 'approval.signature' }])
    expect((await spoilt(() => 'x')).differences).toMatchObject([{ what: 'release', found: 'approval.malformed' }])
    const stranger = await check('us', ({ database }) => {
      database.exec(`update release_parts set official = '${'0'.repeat(32)}' where part = 'approver'`)
    })
    expect(stranger.differences).toMatchObject([{ what: 'release', found: 'approval.official' }])
  })
})
