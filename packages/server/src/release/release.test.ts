import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entryDigest, officialAt, officialId, parseEntry } from '@parley/record'
import { open } from '@parley/record/node'
import { bodyOf, openRequest, rowsOf } from '../../test-support/acts.ts'
import { onEachStore } from '../../test-support/node-stores.ts'
import { addOfficer } from '../../test-support/officers.ts'
import type { Officer } from '../../test-support/officers.ts'
import { foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { readDraft } from '../db/drafts.ts'
import { addApproval, readParts, readRelease } from '../db/releases.ts'
import { recordAct } from '../desk/act.ts'
import { recordGovernance } from '../desk/govern.ts'
import { listRecipients, listRecipientsSeen } from '../desk/seal-body.ts'
import { approveRelease, revokeApproval } from './approve.ts'
import { createDraft, discardDraft, listChannelDrafts, saveNextVersion, viewDraft } from './drafts.ts'
import { createPresence, presenceMilliseconds } from './presence.ts'
import { releaseDraft } from './release.ts'
import { submitDraft } from './submit.ts'
import { openWaiting } from './waiting.ts'

const data = {
  to: 'cn',
  kind: 'information',
  urgency: 'ordinary',
  offences: ['illegal-access'],
  languages: ['en'],
  handling: 'amber',
}
const content = { data, body: bodyOf('Who used 198.51.100.7?') as never }
const edited = (n: number) => ({ data, body: bodyOf(`Who used 198.51.100.7? (${n})`) as never })

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error: { code?: string; detail?: string }) => [error.code, error.detail].filter(Boolean).join(' '),
  )
}

onEachStore((store) => {
  let nodes: TestNodes
  let us: TestNode
  let channel: string
  let ada: Officer
  let bo: Officer
  let cy: Officer

  beforeAll(async () => {
    nodes = await foundNodes({ store: store() })
    us = nodes.of('us')
    channel = nodes.channel
    ada = await addOfficer(us.node, 'Liaison desk', ['liaison', 'releasing'])
    bo = await addOfficer(us.node, 'Releasing desk', ['releasing'])
    cy = await addOfficer(us.node, 'Duty desk', ['duty', 'liaison'])
  })
  afterAll(async () => {
    expect(us.failures).toEqual([])
    await nodes.close()
  })

  const begin = () => createDraft(us.node, ada.person, { channel, type: 'request.opened', content })
  const submit = (id: string, version = 1, person = ada.person) =>
    submitDraft(us.node, person, { channel, id, version })
  test('[DK11] a chaser that waits for release carries the receipt already', async () => {
    const { digest: subject } = await openRequest(us, channel, 'cn')
    await nodes.settled()
    const draft = await createDraft(us.node, ada.person, {
      channel,
      type: 'request.chased',
      subject,
      content: { data: {} },
    })
    const waiting = await submit(draft.id, draft.version)
    expect(waiting.entryValue.data).toMatchObject({ receipt: { party: 'cn' } })
    await discardDraft(us.node, channel, draft.id, draft.version)
  })

  const orderOf = (id: string, digest: Uint8Array, person = bo.person) => ({
    channel,
    draft: id,
    digest: digest.toHex(),
    person,
  })
  const approve = async (officer: Officer, id: string, digest: Uint8Array) =>
    approveRelease(us.node, orderOf(id, digest, officer.person), await officer.approve(digest.toHex()))
  const size = (): number => us.node.state.own.get(us.channelLog)!.frontier.size

  test('[RL3] [RL8] what two people approved is recorded as it was approved, once', async () => {
    const draft = await begin()
    const { digest } = await submit(draft.id)
    expect(await refusalOf(releaseDraft(us.node, orderOf(draft.id, digest)))).toBe('release.short')
    const approved = await approve(bo, draft.id, digest)
    expect(approved).toMatchObject({ missing: 0, stale: false, authors: [ada.person] })
    const before = size()
    const both = await Promise.all([1, 2, 3].map(() => releaseDraft(us.node, orderOf(draft.id, digest))))
    expect(both.map(({ isNew, position }) => [position, isNew])).toEqual([
      [before, true],
      [before, false],
      [before, false],
    ])
    expect(size()).toBe(before + 1)
    const [row] = await rowsOf(us, us.channelLog, before)
    const entry = parseEntry(row!.bytes)
    expect(row).toMatchObject({ verdict: 'valid', type: 'request.opened' })
    expect(entryDigest(us.node.crypto, entry)).toBe(digest.toHex())
    expect(entry.approvals.map(({ official }) => official)).toEqual([bo.official])
    expect(await readDraft(us.node.database.reader, draft.id)).toBeUndefined()
    expect(await readRelease(us.node.database.reader, draft.id)).toBeUndefined()
  })

  test('[RL1] a save on an old version gives the newest and overwrites nothing', async () => {
    const { id } = await begin()
    const one = await saveNextVersion(us.node, ada.person, { channel, id, version: 1, content: edited(1) })
    const other = await saveNextVersion(us.node, cy.person, { channel, id, version: 1, content: edited(2) })
    expect([one.kind, other.kind]).toEqual(['saved', 'moved'])
    expect(other.draft).toMatchObject({ version: 2, content: edited(1), changedBy: ada.person, authors: [ada.person] })
    // Sent again because its answer was lost.
    expect(await saveNextVersion(us.node, ada.person, { channel, id, version: 1, content: edited(1) })).toMatchObject({
      kind: 'saved',
      draft: { version: 2 },
    })
    const merged = await saveNextVersion(us.node, cy.person, { channel, id, version: 2, content: edited(3) })
    expect(merged.draft.authors).toEqual([ada.person, cy.person].sort())
    expect(await refusalOf(discardDraft(us.node, channel, id, 2))).toBe('draft.moved')
    await discardDraft(us.node, channel, id, 3)
    expect(await refusalOf(viewDraft(us.node, channel, id))).toBe('draft.unknown')
  })

  test('[RL2] at rest a draft is under a seal of our archive', async () => {
    const { id } = await begin()
    const row = await readDraft(us.node.database.reader, id)
    expect(Buffer.from(row!.content).includes('198.51.100.7')).toBe(false)
    expect(new TextDecoder().decode(open(row!.content, [us.node.keyring.archive]))).toContain('198.51.100.7')
    expect(await refusalOf(Promise.resolve().then(() => open(row!.content, [us.node.keyring.sealing])))).toMatch(/^age/)
  })

  test('[RL11] a draft is known to its channel only', async () => {
    const { id } = await begin()
    expect((await listChannelDrafts(us.node, channel)).map((draft) => draft.id)).toContain(id)
    expect(await refusalOf(viewDraft(us.node, 'f'.repeat(32), id))).toBe('draft.unknown')
    let now = 0
    const presence = createPresence(() => now)
    expect(presence.note('one', 'ada')).toEqual({ people: ['ada'], news: true })
    expect(presence.note('one', 'bo')).toEqual({ people: ['ada', 'bo'], news: true })
    expect(presence.note('two', 'ada')).toEqual({ people: ['ada'], news: true })
    now = presenceMilliseconds + 1
    expect(presence.note('one', 'bo')).toEqual({ people: ['bo'], news: true })
  })

  test('[RL4] an edit and a second submission void what was approved', async () => {
    const { id } = await begin()
    const first = await submit(id)
    await approve(bo, id, first.digest)
    // What is the same is no edit.
    await saveNextVersion(us.node, cy.person, { channel, id, version: 1, content })
    expect((await openWaiting(us.node, channel, id)).approvals).toHaveLength(1)
    const again = await submit(id)
    expect(again.approvals).toEqual([])
    expect(await refusalOf(approve(bo, id, first.digest))).toBe('release.changed')
    await approve(bo, id, again.digest)
    await saveNextVersion(us.node, ada.person, { channel, id, version: 1, content: edited(1) })
    expect(await refusalOf(releaseDraft(us.node, orderOf(id, again.digest)))).toBe('release.unknown')
    const third = await submit(id, 2)
    expect(third.approvals).toEqual([])
    expect(await refusalOf(releaseDraft(us.node, orderOf(id, third.digest)))).toBe('release.short')
    await approve(bo, id, third.digest)
    await revokeApproval(us.node, orderOf(id, third.digest))
    expect(await refusalOf(revokeApproval(us.node, orderOf(id, third.digest)))).toBe('release.unknown')
    expect(await refusalOf(releaseDraft(us.node, orderOf(id, third.digest)))).toBe('release.short')
  })

  test('[RL5] [RL6] [T-12] who wrote it, who holds another role and who has no such key approve nothing', async () => {
    const { id } = await begin()
    const { digest } = await submit(id)
    expect(await refusalOf(approve(ada, id, digest))).toBe('release.author')
    expect(await refusalOf(approve(cy, id, digest))).toBe('release.role')
    const order = orderOf(id, digest)
    expect(await refusalOf(approveRelease(us.node, order, await ada.approve(digest.toHex())))).toBe('release.official')
    const other = { ...(await bo.approve('00'.repeat(32))), official: bo.official }
    expect(await refusalOf(approveRelease(us.node, order, other))).toBe('release.signature')
    const forged = { ...(await ada.approve(digest.toHex())), official: bo.official }
    expect(await refusalOf(approveRelease(us.node, order, forged))).toBe('release.signature')
    await approve(bo, id, digest)
    expect(await refusalOf(approve(bo, id, digest))).toBe('release.twice')
    // Whoever submits it has had a hand in it.
    const next = await submit(id, 1, bo.person)
    expect(await refusalOf(approve(bo, id, next.digest))).toBe('release.author')
  })

  test('[RL5] [T-12] the store refuses an author and a second approval whatever the program thinks', async () => {
    const { id } = await begin()
    const { digest } = await submit(id)
    const { writer } = us.node.database
    const add = (officer: Officer, official = officer.official, bytes = digest) =>
      refusalOf(writer.commit([addApproval(id, bytes, { person: officer.person, official, approval: '{}', at: 1 })]))
    expect(await add(ada)).toBe('db.conflict')
    expect(await add(bo, bo.official, new Uint8Array(32))).toBe('db.conflict')
    expect(await add(bo)).toBe('done')
    expect(await add(bo, cy.official)).toBe('db.conflict')
    expect(await add(cy, bo.official)).toBe('db.conflict')
    expect((await readParts(us.node.database.reader, id)).approvals).toHaveLength(1)
    await discardDraft(us.node, channel, id, 1)
  })

  test('[RL9] nothing leaves when the case has moved since', async () => {
    const opened = await openRequest(us, channel, 'cn')
    const subject = opened.digest
    const draft = await createDraft(us.node, ada.person, {
      channel,
      type: 'request.withdrawn',
      subject,
      content: { data: { ground: 'no-longer-needed' } },
    })
    const { digest, stale } = await submit(draft.id)
    expect(stale).toBe(false)
    await approve(bo, draft.id, digest)
    await recordAct(us.node, channel, { type: 'request.supplemented', subject, data: {}, body: bodyOf('More.') })
    expect(await refusalOf(releaseDraft(us.node, orderOf(draft.id, digest)))).toBe('release.stale')
    const again = await submit(draft.id)
    await approve(bo, draft.id, again.digest)
    expect(await refusalOf(releaseDraft(us.node, orderOf(draft.id, again.digest)))).toBe('done')
  })

  test('[RL9] nothing leaves with the approval of somebody who is no official any more', async () => {
    const gone = await addOfficer(us.node, 'Leaving desk', ['releasing'])
    const { id } = await begin()
    const { digest } = await submit(id)
    await approve(gone, id, digest)
    await recordGovernance(us.node, 'official.revoked', { official: gone.official })
    expect(await refusalOf(releaseDraft(us.node, orderOf(id, digest)))).toBe('release.revoked')
  })

  test('[RL10] [T-21] a body is sealed to every authority and to our own archive, as is shown', async () => {
    const { id } = await begin()
    const { body, entryValue } = await submit(id)
    const { keyring, registry } = us.node
    expect(listRecipientsSeen(registry, channel, entryValue.seen)).toEqual(listRecipients(registry, channel))
    expect(listRecipients(registry, channel)).toHaveLength(3)
    expect(() => open(body!, [keyring.archive])).not.toThrow()
    expect(() => open(body!, [nodes.of('cn').node.keyring.sealing])).not.toThrow()
  })

  test('[RL3] [T-13] 50 racers release exactly what was approved, or nothing', async () => {
    const drafts = await Promise.all(Array.from({ length: 5 }, begin))
    const approved = new Map<string, Set<string>>()
    const before = size()
    await Promise.all(drafts.map(({ id }) => submit(id)))
    const racer = async (n: number, round: number): Promise<void> => {
      const { id } = drafts[n % drafts.length]!
      const { digest } = await openWaiting(us.node, channel, id)
      const { version } = await viewDraft(us.node, channel, id)
      const step = Math.floor(n / drafts.length)
      if (step === 0 && round % 2 === 0) {
        await saveNextVersion(us.node, ada.person, { channel, id, version, content: edited(n + round) })
        await submit(id, version + 1)
      } else if (step < 5) {
        await approve(bo, id, digest)
        approved.set(id, (approved.get(id) ?? new Set()).add(digest.toHex()))
      } else {
        await releaseDraft(us.node, orderOf(id, digest))
      }
    }
    for (let round = 0; round < rounds; round += 1) {
      await Promise.allSettled(Array.from({ length: 50 }, (_, n) => racer(n, round)))
    }
    const rows = await rowsOf(us, us.channelLog, before)
    const all = new Set([...approved.values()].flatMap((digests) => [...digests]))
    for (const { bytes, verdict } of rows) {
      expect(verdict).toBe('valid')
      expect(all).toContain(entryDigest(us.node.crypto, parseEntry(bytes)))
    }
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.length).toBeLessThanOrEqual(drafts.length)
  })

  test('[RL3] [RL4] [T-13] in whatever order approve, edit, revoke and release come, what leaves was approved', async () => {
    let released = 0
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { id } = await begin()
        const { digest } = await submit(id)
        const order = orderOf(id, digest)
        const signature = await bo.approve(digest.toHex())
        const steps: [string, () => Promise<unknown>][] = [
          ['approve', () => approveRelease(us.node, order, signature)],
          ['edit', () => saveNextVersion(us.node, ada.person, { channel, id, version: 1, content: edited(1) })],
          ['revoke', () => revokeApproval(us.node, order)],
          ['release', () => releaseDraft(us.node, order)],
          ['release again', () => releaseDraft(us.node, order)],
        ]
        const done: string[] = []
        const outcomes = steps.map(([name, step]) =>
          scheduler
            .schedule(Promise.resolve(), name)
            .then(step)
            .then(
              () => done.push(name),
              () => undefined,
            ),
        )
        await scheduler.waitAll()
        await Promise.all(outcomes)
        const left = done.includes('release') || done.includes('release again')
        if (left) {
          released += 1
          expect(done.indexOf('approve')).toBe(0)
          expect(done).not.toContain('edit')
          expect(done).not.toContain('revoke')
          expect(await readDraft(us.node.database.reader, id)).toBeUndefined()
        }
      }),
      { numRuns: interleavings },
    )
    expect(released).toBeGreaterThan(0)
  }, 300_000)

  describe('[T-17] a party whose machine key releases nothing', () => {
    test('[RL7] neither the machine nor one person with every file of the host says anything of substance', async () => {
      const { keyring, registry } = us.node
      await addOfficer(us.node, 'Administrator', ['administrator'])
      const official = officialId(us.node.crypto, 'ed25519', keyring.signers.operator.publicKey)
      const own = registry.governance('us')
      expect(officialAt(own, official, own.size)?.roles).toContain('releasing')
      await recordGovernance(us.node, 'official.revoked', { official })
      expect(await refusalOf(recordAct(us.node, channel, { type: 'request.opened', ...content }))).toBe(
        'entry.refused approval.official',
      )
    })
  })
})

/** Times that fifty come at once. */
const rounds = 20
/** 10,000 at night; in every run as many as a few seconds have room for. */
const interleavings = Number(process.env['PARLEY_INTERLEAVINGS'] ?? 200)
