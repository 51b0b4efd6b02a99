// Three parties of the 24/7 network, of which one does not answer after a start: two people go on without it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { compilePack, packDigest } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import { addAccount, putRoles } from '../../packages/server/src/db/accounts.ts'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { createOverrides, overrideMillisecondsMax } from '../../packages/server/src/desk/override.ts'
import type { Overrides } from '../../packages/server/src/desk/override.ts'
import { agree, openRequest, standingOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { machine, person } from '../../packages/server/test-support/people.ts'
import { eventually, foundNodes, opensAll } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const folder = join(import.meta.dirname, '../../agreements/network-24-7')
const pack = compilePack(
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  ),
)
const digest = packDigest(pack, nodeCrypto)
const chair = person('chair')
const releasing = person('releasing')

onEachStore((store) => {
  let nodes: TestNodes
  let alder: TestNode
  let borealia: TestNode
  let cassara: TestNode
  let now = 0

  afterEach(async () => {
    for (const { failures } of nodes.all) expect(failures).toEqual([])
    await nodes.close()
  })

  async function found(): Promise<void> {
    now = Date.now()
    nodes = await foundNodes({ store: store(), parties: ['alder', 'borealia', 'cassara'], adopted: false })
    ;[alder, borealia, cassara] = [nodes.of('alder'), nodes.of('borealia'), nodes.of('cassara')]
    for (const { node } of nodes.all) await node.addPack(digest, pack)
    await Promise.all(nodes.all.map(({ node }) => opensAll(node)))
    for (const { node } of nodes.all) {
      await recordAct(node, nodes.channel, { type: 'agreement.adopted', data: { pack: digest } })
    }
    await nodes.settled()
  }

  /** Alder's node with the deeds that its security log would hold. */
  function overriding(): { overrides: Overrides; noted: string[]; waiting: string[] } {
    const noted: string[] = []
    const { driver, ...rest } = alder.node
    const watched = {
      ...driver,
      dispatch: (event: Parameters<typeof driver.dispatch>[0]) => (noted.push(event.kind), driver.dispatch(event)),
    }
    const overrides = createOverrides(
      { ...rest, driver: watched, clock: () => now },
      {
        note: async (actor, kind) => void noted.push(`${kind} ${actor.kind === 'person' ? actor.account : 'machine'}`),
      },
    )
    return { overrides, noted, waiting: [alder.channelLog, alder.governanceLog].sort() }
  }

  async function seat(...accounts: readonly string[]): Promise<void> {
    for (const id of accounts) {
      const account = { id, name: id, state: 'active', created: 1 } as const
      await alder.node.database.writer.commit([
        addAccount(account),
        ...putRoles(id, [{ role: 'releasing', channel: null }]),
      ])
    }
  }

  /** Cassara is away, and alder has been started again and heard from borealia. */
  async function silenceCassara(): Promise<void> {
    await cassara.stop()
    await alder.stop()
    await alder.start()
    await eventually('borealia has answered', () =>
      alder.node.state.own.get(alder.channelLog)!.answered.has('borealia'),
    )
  }

  const phases = () => [...alder.node.state.own.values()].map(({ phase }) => phase)

  test('[OV1] [OV5] [OV7] two people go on without cassara, and it gets everything when it is back', async () => {
    await found()
    await seat('chair', 'releasing')
    await silenceCassara()
    const { noted, overrides, waiting } = overriding()
    expect(overrides.listHeldUp('cassara')).toEqual(waiting)
    expect(overrides.listHeldUp('borealia')).toEqual([])
    await expect(openRequest(alder, nodes.channel, 'borealia')).rejects.toMatchObject({ code: 'log.read-only' })

    expect(await overrides.approve(chair, 'cassara', waiting)).toMatchObject({ state: 'asked', logs: waiting })
    expect(phases()).toEqual(['asking', 'asking'])
    expect(await overrides.approve(releasing, 'cassara', waiting)).toMatchObject({ state: 'done', logs: waiting })
    expect(phases()).toEqual(['open', 'open'])
    expect(noted).toEqual(['override.asked chair', 'override.done releasing', 'overridden', 'overridden'])
    expect(overrides.view('cassara')?.state).toBe('done')

    const said = await openRequest(alder, nodes.channel, 'borealia')
    await eventually(
      'borealia has it',
      () => borealia.node.state.replicas.get(alder.channelLog)!.frontier.size > said.position,
    )
    // Not delivered: cassara is a member, and nobody pretends that it has it.
    expect(await standingOf(alder, said)).toBe('published')

    await cassara.start()
    await nodes.settled()
    expect(await standingOf(alder, said)).toBe('delivered')
    const cuts = await agree(
      nodes.all.map(({ node }) => node),
      nodes.channel,
    )
    expect(new Set(cuts.map(({ stateDigest }) => stateDigest)).size).toBe(1)
  })

  test('[OV2] [OV4] one person, the same one twice, the machine beside two people, old words and other logs open nothing', async () => {
    await found()
    await seat('chair', 'releasing')
    await silenceCassara()
    const { overrides, waiting } = overriding()
    const refusal = (reason: string) => ({ code: 'override.refused', detail: `override.${reason}` })
    await expect(overrides.approve(machine, 'cassara', waiting)).rejects.toMatchObject(refusal('machine'))
    await expect(overrides.approve(chair, 'borealia', waiting)).rejects.toMatchObject(refusal('nothing'))
    await expect(overrides.approve(chair, 'cassara', waiting.slice(1))).rejects.toMatchObject(refusal('changed'))
    await overrides.approve(chair, 'cassara', waiting)
    await expect(overrides.approve(chair, 'cassara', waiting)).rejects.toMatchObject(refusal('same-person'))
    now += overrideMillisecondsMax + 1
    expect(await overrides.approve(releasing, 'cassara', waiting)).toMatchObject({ state: 'asked' })
    expect(phases()).toEqual(['asking', 'asking'])
  })

  test('[OV3] [OV6] where a party has nobody for it the machine decides, and only until the node stops', async () => {
    await found()
    await silenceCassara()
    const { overrides, waiting } = overriding()
    expect(await overrides.approve(machine, 'cassara', waiting)).toMatchObject({ state: 'done' })
    expect(phases()).toEqual(['open', 'open'])
    await openRequest(alder, nodes.channel, 'borealia')
    await alder.stop()
    await alder.start()
    await eventually('borealia has answered', () =>
      alder.node.state.own.get(alder.channelLog)!.answered.has('borealia'),
    )
    expect(phases()).toEqual(['asking', 'asking'])
    expect(overriding().overrides.listHeldUp('cassara')).toEqual(waiting)
  })

  test('[OV3] one person and the machine are two where the party has one person', async () => {
    await found()
    await seat('chair')
    await silenceCassara()
    const { overrides, waiting } = overriding()
    expect(await overrides.approve(machine, 'cassara', waiting)).toMatchObject({ state: 'asked' })
    expect(await overrides.approve(chair, 'cassara', waiting)).toMatchObject({ state: 'done' })
    expect(phases()).toEqual(['open', 'open'])
  })

  test('[OV1] a log that waits for two parties opens when both are decided about', async () => {
    await found()
    await Promise.all([borealia.stop(), cassara.stop()])
    await alder.stop()
    await alder.start()
    const { overrides, waiting } = overriding()
    await overrides.approve(machine, 'cassara', waiting)
    expect(phases()).toEqual(['asking', 'asking'])
    await overrides.approve(machine, 'borealia', waiting)
    expect(phases()).toEqual(['open', 'open'])
  })

  test('[OV4] [T-15] where the lock names entries that the restored backup lacks, nobody goes on', async () => {
    await found()
    await alder.stop()
    const backup = await alder.backUp()
    await alder.start()
    await opensAll(alder.node)
    const said = await openRequest(alder, nodes.channel, 'cassara')
    await eventually(
      'it is signed',
      () => (alder.node.state.own.get(alder.channelLog)!.published?.size ?? 0) > said.position,
    )
    await Promise.all([borealia.stop(), cassara.stop()])
    await alder.stop()
    await backup.restore()
    await alder.start()
    const { overrides, waiting } = overriding()
    await expect(overrides.approve(machine, 'cassara', waiting)).rejects.toMatchObject({ detail: 'override.lost' })
    expect(alder.node.state.own.get(alder.channelLog)!.phase).not.toBe('open')
  })

  test('[OV7] [T-15] who went on without a party that held what was lost is found out when it is back', async () => {
    await found()
    await alder.stop()
    const backup = await alder.backUp()
    await alder.start()
    await opensAll(alder.node)
    await openRequest(alder, nodes.channel, 'cassara')
    await nodes.settled()
    await Promise.all(nodes.all.map((one) => one.stop()))
    // The lock is put back with the store: nothing here tells that anything is missing.
    await backup.restore({ lock: true })
    await alder.start()
    const { overrides, waiting } = overriding()
    await overrides.approve(machine, 'cassara', waiting)
    await overrides.approve(machine, 'borealia', waiting)
    await openRequest(alder, nodes.channel, 'borealia')
    await cassara.start()
    await eventually('the log is closed', () => alder.node.state.own.get(alder.channelLog)!.phase === 'forked')
    expect(alder.alarms.map(({ code }) => code)).toContain('log.forked')
    await expect(openRequest(alder, nodes.channel, 'borealia')).rejects.toMatchObject({ code: 'log.read-only' })
  })
})
