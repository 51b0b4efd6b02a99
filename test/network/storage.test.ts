import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import {
  bodyCommitment,
  formatDelivery,
  formatEnvelope,
  formatUtf8,
  leafHash,
  parseEntry,
  verifyInclusion,
} from '@parley/record'
import type { BodySize } from '@parley/record'
import { nodeCrypto, parseRecipient, seal } from '@parley/record/node'
import { formatBodyContent } from '@parley/mechanism'
import { openStoredBody } from '../../packages/server/src/desk/open-body.ts'
import { createViewEntry } from '../../packages/server/src/handlers/logs.ts'
import { homePaths } from '../../packages/server/src/home.ts'
import type { ParleyNode } from '../../packages/server/src/node.ts'
import { bodyOf, openRequest, openRequests, rowsOf, standingOf } from '../../packages/server/test-support/acts.ts'
import { createHostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import { eventually, foundNodes, opensAll } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const run = promisify(execFile)
let nodes: TestNodes
afterEach(() => nodes.close())

/** Turns one bit in the database of a node that does not run. */
function flip(one: TestNode, table: string, column: string, where: string, at: number): void {
  const database = new DatabaseSync(homePaths.database(one.home.folder))
  const row = database.prepare(`select rowid as id, ${column} as bytes from ${table} where ${where}`).get() as {
    id: number
    bytes: Uint8Array
  }
  const bytes = Uint8Array.from(row.bytes)
  bytes[at % bytes.length]! ^= 1 << (at % 8)
  database.prepare(`update ${table} set ${column} = ? where rowid = ?`).run(bytes, row.id)
  database.close()
}

interface Pristine {
  readonly entries: readonly Uint8Array[]
}

/** What the node says of each entry of the log is right, or it says that it cannot say. Resolves to how often it could not. */
async function countRefusals(node: ParleyNode, origin: string, { entries }: Pristine): Promise<number> {
  const view = createViewEntry(node)
  const log = node.registry.logOf(origin)!.id
  let refusals = 0
  const check = async (right: () => Promise<boolean>): Promise<void> => {
    const was = await right().catch((error: unknown) => {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:log\.damaged|entry\.|json\.|bytes\.)/) })
      return undefined
    })
    if (was === undefined) refusals += 1
    else expect(was).toBe(true)
  }
  const { frontier, root } = node.state.own.get(origin)!
  for (const [position, bytes] of entries.entries()) {
    await check(async () => {
      const shown = await view({ params: { log, position }, reaches: () => true } as never)
      const given = Uint8Array.fromBase64(shown.bytes)
      if (shown.proof === null) return Buffer.compare(given, bytes) === 0
      const hashes = shown.proof.hashes.map((hash) => Uint8Array.fromBase64(hash))
      const claim = { index: position, size: frontier.size, leafHash: leafHash(nodeCrypto, given), root }
      verifyInclusion(nodeCrypto, claim, hashes)
      return Buffer.compare(given, bytes) === 0
    })
  }
  for (let start = 0; start < entries.length; start += 100) {
    const end = Math.min(entries.length, start + 100)
    await check(async () => {
      const read = await node.logReader.readEntries(origin, start, end)
      return Buffer.compare(Buffer.concat(read), Buffer.concat(entries.slice(start, end))) === 0
    })
  }
  return refusals
}

test('[T-29] [LG5] a bit that turned in what is stored is noticed before anything is made of it', async () => {
  nodes = await foundNodes({ parties: ['cn', 'us'] })
  const us = nodes.of('us')
  await openRequests(us, nodes.channel, 'cn', 300)
  await nodes.settled()
  const size = us.node.state.own.get(us.channelLog)!.frontier.size
  const entries = await us.node.logReader.readEntries(us.channelLog, 0, size)
  const log = us.node.shelf.numberOf(us.channelLog)
  const governance = us.node.shelf.numberOf(nodes.of('cn').governanceLog)
  await nodes.of('cn').stop()
  await us.stop()
  const backup = await us.backUp()
  const places: [name: string, table: string, column: string, where: string][] = [
    ['a full tile', 'tiles', 'hashes', `log = ${log} and level = 0 and position = 0`],
    ['a tile on the edge', 'tiles', 'hashes', `log = ${log} and level = 0 and position = 1`],
    ['a tile above', 'tiles', 'hashes', `log = ${log} and level = 1`],
    ['an entry', 'entries', 'bytes', `log = ${log} and position = 7`],
    ['the newest entry', 'entries', 'bytes', `log = ${log} and position = ${size - 1}`],
    ['an entry about keys', 'entries', 'bytes', `log = ${governance} and position = 1`],
    ['the frontier', 'logs', 'frontier', `id = ${log}`],
    ['the root', 'logs', 'root', `id = ${log}`],
  ]
  for (const [name, table, column, where] of places) {
    for (const at of [3, 1001]) {
      await backup.restore()
      flip(us, table, column, where, at)
      const opened = await us.open().catch((error: unknown) => {
        expect(error, name).toMatchObject({ code: 'log.damaged' })
        return undefined
      })
      // Either the node does not start, or it tells what it cannot vouch for.
      if (opened !== undefined) expect(await countRefusals(opened, us.channelLog, { entries }), name).toBeGreaterThan(0)
      await us.stop()
    }
  }
  await backup.restore()
  expect(await countRefusals(await us.open(), us.channelLog, { entries })).toBe(0)
  expect(us.failures).toEqual([])
})

test('[T-29] [PE20] what is damaged here is not delivered, and accuses nobody', async () => {
  nodes = await foundNodes()
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await nodes.settled()
  await cn.stop()
  const first = await openRequest(us, nodes.channel, 'cn')
  await openRequests(us, nodes.channel, 'cn', 5)
  const log = us.node.shelf.numberOf(us.channelLog)
  await us.stop()
  const backup = await us.backUp()
  flip(us, 'entries', 'bytes', `log = ${log} and position = ${first.position + 2}`, 40)
  await cn.start()
  await us.start()
  await opensAll(cn.node)
  await eventually('us knows', () => us.reports.find(({ code, what }) => what === 'deliver' && code === 'log.damaged'))
  const said = await openRequest(cn, nodes.channel, 'us')
  await eventually('the other log goes on', async () => (await standingOf(cn, said)) === 'delivered')
  expect(cn.node.state.replicas.get(us.channelLog)).toMatchObject({ frozen: false })
  await us.stop()
  await backup.restore()
  await us.start()
  await nodes.settled()
  expect(await standingOf(us, first)).toBe('delivered')
})

test('[T-20] [DK6] a sealed body that was tampered with opens nothing', async () => {
  nodes = await foundNodes({ running: ['us'] })
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  const mallory = await createHostilePeer(cn, us, nodes.channel)
  try {
    await mallory.push(await mallory.governance.frame())
    const plaintext = formatBodyContent(bodyOf('what was said'))
    const salt = new Uint8Array(32).fill(5)
    const size = 1024 as BodySize
    const recipients = ['cn', 'us'].map((party) => parseRecipient(us.node.registry.key(party, 'sealing')))
    const sealed = seal(formatEnvelope(salt, plaintext, size), recipients)
    const commitment = bodyCommitment(nodeCrypto, salt, plaintext)
    const other = bodyCommitment(nodeCrypto, salt, formatBodyContent(bodyOf('something else')))
    const header = new TextDecoder().decode(sealed).indexOf('---')
    const foreign = seal(formatEnvelope(salt, plaintext, size), [recipients[0]!])
    const bend = (at: number): Uint8Array => sealed.with(at, sealed[at]! ^ 1)
    const cases: [name: string, bytes: Uint8Array, commitment: string, state: string][] = [
      ['as it was', sealed, commitment, 'opened'],
      ['another commitment', sealed, other, 'mismatch'],
      ['sealed to others', foreign, commitment, 'sealed'],
      ['cut', sealed.slice(0, -1), commitment, 'mismatch'],
      ['cut to the header', sealed.slice(0, header + 60), commitment, 'mismatch'],
      ['longer', new Uint8Array([...sealed, 0]), commitment, 'mismatch'],
      ['payload bent', bend(sealed.length - 20), commitment, 'mismatch'],
      ['nonce bent', bend(header + 50), commitment, 'mismatch'],
      ['header bent', bend(header + 6), commitment, 'mismatch'],
      ['no age at all', formatUtf8('hello'), commitment, 'mismatch'],
      ['nothing', new Uint8Array(), commitment, 'mismatch'],
    ]
    for (const [name, bytes, promised, state] of cases) {
      const ciphertext = nodeCrypto.sha256(bytes).toHex()
      const body = { ciphertext, commitment: promised, size }
      mallory.channel.append(await mallory.entry({ type: 'request.opened', body }))
      const delivery = await mallory.channel.delivery()
      const frame = formatDelivery({ ...delivery, bodies: [{ digest: ciphertext, bytes }] })
      expect((await mallory.push(frame)).status, name).toBe(200)
      const [row] = (await rowsOf(us, cn.channelLog)).slice(-1)
      expect(await openStoredBody(us.node, parseEntry(row!.bytes).body!), name).toMatchObject({ state })
    }
  } finally {
    await mallory.close()
  }
})

async function mountSmall(folder: string, megabytes: number): Promise<boolean> {
  if (process.getuid?.() !== 0) return false
  return run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
}

test('[T-30] [LG6] when the disk is full nothing more is acknowledged, and what was is there when there is room again', async ({
  skip,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-small-'))
  const mounted = await mountSmall(folder, 6)
  try {
    if (!mounted) skip('a file system cannot be mounted here')
    const home = join(folder, 'us')
    await mkdir(home)
    nodes = await foundNodes({ homes: { us: home } })
    const [cn, us] = [nodes.of('cn'), nodes.of('us')]
    const acknowledged: { position: number; digest: string }[] = []
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 400 && us.failures.length === 0; i++) {
        await openRequest(us, nodes.channel, 'cn', 'x'.repeat(3000)).then(
          (recorded) => void acknowledged.push(recorded),
          () => undefined,
        )
      }
    }
    // Whoever waits for an answer when the disk fills up gets none: the process would have ended.
    void Promise.all(Array.from({ length: 8 }, fill))
    await eventually('the disk is full', () => us.failures.length > 0, 30_000)
    expect(us.failures[0]).toMatchObject({ code: expect.stringMatching(/^(?:db\.full|db\.failed|lock\.failed)$/) })
    const count = acknowledged.length
    expect(count).toBeGreaterThan(10)
    await expect(openRequest(us, nodes.channel, 'cn')).rejects.toMatchObject({ code: 'log.busy' })
    await us.stop()
    await run('mount', ['-o', 'remount,size=64m', folder])
    await us.start()
    await opensAll(us.node)
    for (const { digest, position } of acknowledged.slice(0, count)) {
      const [row] = await rowsOf(us, us.channelLog, position, position + 1)
      expect(row!.digest!.toHex()).toBe(digest)
    }
    await openRequest(us, nodes.channel, 'cn')
    await nodes.settled()
    expect(us.failures).toHaveLength(1)
    expect(cn.failures).toEqual([])
  } finally {
    await nodes.of('us').stop()
    // A reader thread of the node may hold its file for a moment after the stop.
    if (mounted)
      await eventually(
        'unmounted',
        () => run('umount', [folder]),
        5000,
        () => true,
      )
    await rm(folder, { recursive: true, force: true })
  }
})
