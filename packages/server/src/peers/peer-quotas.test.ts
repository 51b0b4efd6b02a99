import { describe, expect, test } from 'vitest'
import { createPeerQuotas } from './peer-quotas.ts'
import { createPeerReports } from './peer-reports.ts'
import type { PeerReport } from './peer-reports.ts'

describe('[T-07] [PE25] what a peer may take', () => {
  test('is two turns at a time; its others wait, in their order, and nobody else does', async () => {
    const quotas = createPeerQuotas(() => 0)
    const order: string[] = []
    const ends = await Promise.all([quotas.takeTurn('aa'), quotas.takeTurn('aa')])
    const third = quotas.takeTurn('aa').then((end) => (order.push('third'), end))
    const fourth = quotas.takeTurn('aa').then((end) => (order.push('fourth'), end))
    for (const end of [await quotas.takeTurn('bb'), await quotas.takeTurn('bb')]) end()
    expect(order).toEqual([])
    ends[0]?.()
    // Given back twice, it counts once.
    ends[0]?.()
    const endThird = await third
    expect(order).toEqual(['third'])
    endThird()
    const endFourth = await fourth
    expect(order).toEqual(['third', 'fourth'])
    endFourth()
    ends[1]?.()
    const again = await Promise.all([quotas.takeTurn('aa'), quotas.takeTurn('aa')])
    expect(again).toHaveLength(2)
  })

  test('is so many bytes in memory', () => {
    const quotas = createPeerQuotas(() => 0)
    const megabytes = 1024 * 1024
    const first = quotas.takeBytes('aa', 20 * megabytes)
    expect(first).toBeDefined()
    expect(quotas.takeBytes('aa', 20 * megabytes)).toBeDefined()
    expect(quotas.takeBytes('aa', 20 * megabytes)).toBeUndefined()
    expect(quotas.takeBytes('bb', 20 * megabytes)).toBeDefined()
    first!()
    first!()
    expect(quotas.takeBytes('aa', 20 * megabytes)).toBeDefined()
    expect(quotas.takeBytes('aa', 20 * megabytes)).toBeUndefined()
  })

  test('is patience, which comes back with time and never goes with a clock that is set back', () => {
    let now = 1_000_000
    const quotas = createPeerQuotas(() => now)
    for (let i = 0; i < 64; i++) {
      expect(quotas.isTiresome('aa')).toBe(false)
      quotas.noteRefusal('aa')
    }
    expect(quotas.isTiresome('aa')).toBe(true)
    expect(quotas.isTiresome('bb')).toBe(false)
    now -= 500_000
    expect(quotas.isTiresome('aa')).toBe(true)
    now += 1000
    expect(quotas.isTiresome('aa')).toBe(false)
    for (let i = 0; i < 8; i++) quotas.noteRefusal('aa')
    expect(quotas.isTiresome('aa')).toBe(true)
    now += 3_600_000
    for (let i = 0; i < 64; i++) quotas.noteRefusal('aa')
    expect(quotas.isTiresome('aa')).toBe(true)
  })
})

test('[T-07] [PE26] the same thing about the same party is said once, and then counted', () => {
  let now = 0
  const said: PeerReport[] = []
  const report = createPeerReports(
    (given) => void said.push(given),
    () => now,
  )
  const pin = { what: 'refused', code: 'peer.pin' }
  for (let i = 0; i < 1000; i++) report(pin)
  report({ ...pin, party: 'aa' })
  expect(said).toEqual([pin, { ...pin, party: 'aa' }])
  now += 60_000
  report(pin)
  expect(said.at(-1)).toEqual({ ...pin, unsaid: 999 })
  for (let i = 0; i < 5000; i++) report({ what: 'refused', code: `made.up.${i}` })
  now += 60_000
  report(pin)
  expect(said.at(-1)).toEqual(pin)
})
