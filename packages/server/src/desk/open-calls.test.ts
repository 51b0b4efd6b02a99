import { afterEach, expect, test } from 'vitest'
import { openCallsMax } from '@parley/mechanism'
import { foundNodes } from '../../test-support/two-nodes.ts'
import { recordAct } from './act.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

test('[DK15] no more calls of our own are open than may be, and standing one down makes room', async () => {
  const nodes = await foundNodes()
  closers.push(nodes.close)
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const data = { to: 'cn', level: 'working', reason: 'request-overdue', purpose: 'use' }
  const raise = () => recordAct(us.node, nodes.channel, { type: 'hotline.raised', data })
  const first = await raise()
  for (let open = 1; open < openCallsMax; open++) await raise()
  await expect(raise()).rejects.toMatchObject({ code: 'entry.refused', detail: 'hotline.open-max' })

  // What the other side raises is not counted against us, nor ours against it.
  await recordAct(cn.node, nodes.channel, { type: 'hotline.raised', data: { ...data, to: 'us' } })
  await recordAct(us.node, nodes.channel, {
    type: 'hotline.closed',
    subject: first.digest,
    data: { outcome: 'settled' },
  })
  await raise()
})
