import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { formatBase64, formatDelivery, formatHex, officialId } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import { createSigner, nodeCrypto } from '@parley/record/node'
import { recordGovernance } from '../../packages/server/src/desk/govern.ts'
import { approve } from '../../packages/server/src/desk/founding.ts'
import { homePaths } from '../../packages/server/src/home.ts'
import { pinOf } from '../../packages/server/src/keys/pin.ts'
import { createTransportCertificate } from '../../packages/server/src/keys/transport-certificate.ts'
import { agree, openRequest, standingOf, verdictsOf } from '../../packages/server/test-support/acts.ts'
import { createHostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import type { HostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import { eventually, foundNodes, opensAll, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes
let mallory: HostilePeer | undefined
afterEach(async () => {
  await mallory?.close()
  mallory = undefined
  for (const { failures } of nodes.all) expect(failures).toEqual([])
  await nodes.close()
})

/** The data of a rotation of the log key to the one that was committed to at founding. */
function rotation({ node, channelLog }: TestNode): CanonicalObject {
  const { size } = node.state.own.get(channelLog)!.frontier
  return {
    role: 'log',
    key: formatBase64(node.keyring.signers['next-log'].publicKey),
    next: formatHex(nodeCrypto.sha256(createSigner(new Uint8Array(32).fill(9)).publicKey)),
    from: [{ origin: channelLog, size: size + 1 }],
  }
}

test('[T-09] [LG7] a log goes on under the key that the record names from a size on, after a restart too', async () => {
  nodes = await foundNodes()
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await openRequest(us, nodes.channel, 'cn')
  await nodes.settled()
  await recordGovernance(us.node, 'key.rotated', rotation(us))
  await nodes.settled()
  const after = await openRequest(us, nodes.channel, 'cn')
  await nodes.settled()
  expect(await standingOf(us, after)).toBe('delivered')
  for (const one of [cn, us]) {
    await one.stop()
    await one.start()
    await opensAll(one.node)
  }
  const later = await openRequest(us, nodes.channel, 'cn')
  await nodes.settled()
  expect(await standingOf(us, later)).toBe('delivered')
  const [first, second] = await agree([cn.node, us.node], nodes.channel)
  expect(second).toEqual(first)
  const head = us.node.state.own.get(us.channelLog)!.published!
  expect(new TextDecoder().decode(head.note)).toContain(`— ${us.channelLog} `)
  expect(us.alarms.map(({ code }) => code)).not.toContain('log.no-key')
})

test('[T-09] [PE18] a transport key that the record names no more opens nothing, not even a connection that is open', async () => {
  nodes = await foundNodes()
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await openRequest(us, nodes.channel, 'cn')
  await nodes.settled()
  const transport = await createTransportCertificate('cn.parley.example', new Date())
  const pin = pinOf(new X509Certificate(transport.certificate), new Date())
  await recordGovernance(cn.node, 'key.rotated', { role: 'transport', key: pin })
  await eventually('us has heard', () => us.node.registry.key('cn', 'transport') === pin)
  // cn still holds the old key and connections under it.
  us.reports.length = 0
  const missed = await openRequest(cn, nodes.channel, 'us')
  const unsent = await openRequest(us, nodes.channel, 'cn')
  await eventually('us has tried', () => us.reports.some(({ code, party }) => code === 'peer.pin' && party === 'cn'))
  expect([await standingOf(cn, missed), await standingOf(us, unsent)]).toEqual(['published', 'published'])
  expect(us.node.state.replicas.get(cn.channelLog)!.frontier.size).toBe(missed.position)

  await cn.stop()
  const keys = homePaths.keys(cn.home.folder)
  await writeFile(join(keys, 'transport.key'), transport.key)
  await writeFile(join(keys, 'transport.crt'), transport.certificate)
  await cn.start()
  await nodes.settled()
  expect([await standingOf(cn, missed), await standingOf(us, unsent)]).toEqual(['delivered', 'delivered'])
})

test('[T-09] [PE19] after a revocation the old log key signs nothing that is taken in, and what it signed before stands', async () => {
  nodes = await foundNodes({ running: ['us'] })
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  mallory = await createHostilePeer(cn, us, nodes.channel)
  const { channel, governance, keyring } = mallory
  await mallory.listen()
  await mallory.push(await governance.frame())
  channel.append(await mallory.entry({ type: 'agreement.adopted', data: { pack: testPackDigest } }))
  const good = await channel.frame()
  expect((await mallory.push(good)).status).toBe(200)

  const { log, 'next-log': next } = keyring.signers
  const lastGood = [channel, governance]
    .map(({ origin, tree }) => ({ origin, size: tree.size, root: formatBase64(tree.root()) }))
    .sort((a, b) => (a.origin < b.origin ? -1 : 1))
  governance.append(
    await mallory.governanceEntry('key.rotated', {
      role: 'log',
      key: formatBase64(next.publicKey),
      next: '00'.repeat(32),
      from: [{ origin: channel.origin, size: 2 }],
    }),
    await mallory.governanceEntry('key.revoked', { role: 'log', key: formatBase64(log.publicKey), lastGood }),
  )
  const ofGovernance = { ...(await governance.delivery()), head: await governance.head(4, next) }
  expect((await mallory.push(formatDelivery(ofGovernance))).status).toBe(200)
  expect(await verdictsOf(us, cn.governanceLog)).toEqual(['valid', 'valid', 'valid', 'valid'])

  channel.append(await mallory.entry({ type: 'agreement.withdrawn', data: {} }))
  expect((await mallory.push(await channel.frame())).status).toBe(422)
  expect((await mallory.push(good)).status).toBe(200)
  expect(await verdictsOf(us, cn.channelLog)).toEqual(['valid'])
  const renewed = { ...(await channel.delivery()), head: await channel.head(2, next) }
  expect((await mallory.push(formatDelivery(renewed))).status).toBe(200)
  expect(await verdictsOf(us, cn.channelLog)).toEqual(['valid', 'valid'])
})

test('[T-09] [RD6] an official who was revoked approves nothing that has seen the revocation', async () => {
  nodes = await foundNodes({ running: ['us'] })
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  mallory = await createHostilePeer(cn, us, nodes.channel)
  const { channel, governance, keyring } = mallory
  await mallory.listen()
  const second = createSigner(new Uint8Array(32).fill(7))
  const official = officialId(nodeCrypto, 'ed25519', second.publicKey)
  const key = formatBase64(second.publicKey)
  governance.append(
    await mallory.governanceEntry('official.enrolled', {
      official,
      algorithm: 'ed25519',
      key,
      roles: ['cochair', 'releasing'],
    }),
  )
  const seenBefore = governance.seen()
  const kept = officialId(nodeCrypto, 'ed25519', keyring.signers.operator.publicKey)
  governance.append(await mallory.governanceEntry('official.revoked', { official }))
  expect(official).not.toBe(kept)
  await mallory.push(await governance.frame())
  const draft = {
    v: 1,
    channel: nodes.channel,
    from: 'cn',
    type: 'agreement.adopted',
    data: { pack: testPackDigest },
  } as const
  const approved = (at: number, seen: typeof seenBefore) => approve(nodeCrypto, { ...draft, at, seen: [seen] }, second)
  channel.append(await approved(1, governance.seen()), await approved(2, seenBefore))
  await mallory.push(await channel.frame())
  // Order is what the author has been seen to know: the second entry cannot unknow what the first one knew.
  expect(await verdictsOf(us, cn.channelLog)).toEqual(['approval.official', 'approval.official'])
})
