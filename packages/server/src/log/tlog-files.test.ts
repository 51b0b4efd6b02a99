import { beforeAll, describe, expect, test } from 'vitest'
import { appendSignatureLines, cosign, openCheckpoint, parseEntryBundle, parseNote } from '@parley/record'
import type { SignatureLine } from '@parley/record'
import { createVerifierKey } from '@parley/record'
import { createSigner, nodeCrypto } from '@parley/record/node'
import { onEachDialect } from '../../test-support/dialects.ts'
import { createShelvedLog, shelvedSigner } from '../../test-support/shelved-log.ts'
import type { ShelvedLog } from '../../test-support/shelved-log.ts'
import type { Database } from '../db/database.ts'
import { keepCosignatures } from '../db/cosignatures.ts'
import { composeCosignatureRow } from './cosignature-rows.ts'
import { cosignedNote, heldHead, newestHead, readHeldHead } from './head-notes.ts'
import { createTlogFiles } from './tlog-files.ts'
import type { TlogFiles } from './tlog-files.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

onEachDialect((dialect) => {
  let database: Database
  let shelved: ShelvedLog
  let files: TlogFiles
  beforeAll(async () => {
    database = await dialect.openShared()
    shelved = await createShelvedLog(database)
    await shelved.grow(200)
    await shelved.grow(400)
    const { shelf, state } = shelved
    files = createTlogFiles({ reader: database.reader, logReader: shelf.reader, state, numberOf: shelf.numberOf })
  })

  describe('[LG4] a log as files', () => {
    test('has a checkpoint, which may not be cached', async () => {
      const file = await files.read(shelved.log, 'checkpoint')
      expect(file).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8', immutable: false })
      const key = createVerifierKey(nodeCrypto, 'ed25519', shelved.log.origin, shelvedSigner.publicKey)
      const opened = await openCheckpoint(nodeCrypto, file.body, { origin: shelved.log.origin, keys: [key] })
      expect(opened.size).toBe(600)
    })

    test('has tiles and bundles of any width it ever had, which never change', async () => {
      for (const [path, length] of [
        ['tile/0/000', 256 * 32],
        ['tile/0/000.p/255', 255 * 32],
        ['tile/0/001', 256 * 32],
        ['tile/0/002.p/88', 88 * 32],
        ['tile/0/002.p/1', 32],
        ['tile/1/000.p/2', 64],
      ] as const) {
        const file = await files.read(shelved.log, path)
        expect(file, path).toMatchObject({ status: 200, type: 'application/octet-stream', immutable: true })
        expect(file.body.length, path).toBe(length)
      }
      for (const [path, first, width] of [
        ['tile/entries/000', 0, 256],
        ['tile/entries/002.p/88', 512, 88],
        ['tile/entries/002.p/3', 512, 3],
      ] as const) {
        const { body } = await files.read(shelved.log, path)
        expect(parseEntryBundle(body, width)).toEqual(shelved.entries.slice(first, first + width))
      }
    })

    test.each([
      '',
      'checkpoint/',
      'Checkpoint',
      'tile/0/002',
      'tile/0/002.p/89',
      'tile/0/003.p/1',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
      'tile/64/000',
      'tile/00/000',
      'tile/0/0',
      'tile/0/x000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/entries/003',
      'tile/entries/000.p/',
      'tile/-1/000',
      '../checkpoint',
      'tile/0/%30%30%30',
    ])('has nothing at "%s"', async (path) => {
      expect(await files.read(shelved.log, path)).toMatchObject({ status: 404, immutable: false })
    })

    test('has no checkpoint before there is a signed head', async () => {
      const { log, shelf, state } = await createShelvedLog(database)
      expect(newestHead(state, log.origin)).toBeUndefined()
      const ofNew = createTlogFiles({
        reader: database.reader,
        logReader: shelf.reader,
        state,
        numberOf: shelf.numberOf,
      })
      expect(await ofNew.read(log, 'checkpoint')).toMatchObject({ status: 404 })
    })
  })

  test('[LG2] a head is shown with the newest line of each cosigner over exactly that head', async () => {
    const { log, shelf, state } = shelved
    const head = heldHead(state, log.origin)!
    const number = shelf.numberOf(log.origin)
    const signers = ['aa', 'bb'].map((name, i) => ({
      name: `${name}.example/mirror`,
      signer: createSigner(new Uint8Array(32).fill(50 + i)),
    }))
    const lines: SignatureLine[] = []
    for (const { name, signer } of signers) {
      for (const time of [100, 300, 200]) {
        const line = await cosign(nodeCrypto, signer, name, { origin: log.origin, ...head } as never, time)
        await database.writer.commit(keepCosignatures([composeCosignatureRow(number, head, time, line)]))
        if (time === 300) lines.push(line)
      }
      const smaller = { size: 200, root: head.root }
      const old = await cosign(nodeCrypto, signer, name, { origin: log.origin, ...smaller } as never, 400)
      await database.writer.commit(keepCosignatures([composeCosignatureRow(number, smaller, 400, old)]))
    }
    const note = await cosignedNote(database.reader, number, head)
    expect(text(note)).toBe(text(appendSignatureLines(head.note, lines)))
    expect(parseNote(note).lines).toHaveLength(3)
  })

  test('[LG14] of a copy that is behind its newest head, the newest head that it covers is known', async () => {
    const behind = await createShelvedLog(database)
    await behind.grow(5)
    await behind.grow(5)
    const replica = behind.state.replicas.get(behind.log.origin)!
    const covered = replica.head!
    replica.head = { ...covered, size: 50 }
    expect(heldHead(behind.state, behind.log.origin)).toBeUndefined()
    const place = { id: behind.shelf.numberOf(behind.log.origin), origin: behind.log.origin }
    expect(await readHeldHead(database.reader, behind.state, place)).toMatchObject({ size: 10, root: covered.root })
    replica.head = covered
    expect(await readHeldHead(database.reader, behind.state, place)).toBe(covered)
  })
})
