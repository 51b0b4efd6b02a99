import type { ActView } from '@parley/api'
import { expect, test } from 'vitest'
import { owesReceipt } from './receipt-button.tsx'

const digest = 'a'.repeat(64)

function act(change: Partial<ActView>): ActView {
  return {
    entry: { log: 'b'.repeat(64), position: 3, digest },
    party: 'cn',
    type: 'request.answered',
    at: 1,
    interval: { notBefore: null, notAfter: null },
    data: {},
    body: { digest: 'c'.repeat(64), size: 1024, state: 'opened' },
    exercise: false,
    approvals: [],
    seen: [],
    verdict: 'valid',
    standing: { level: 'delivered', since: 1 },
    ...change,
  }
}

const receipt = act({
  party: 'us',
  type: 'entry.opened',
  data: { entry: digest },
  entry: { log: 'd'.repeat(64), position: 1, digest: 'e'.repeat(64) },
})

test.each([
  ['a text of the other side that was opened', act({}), [], true],
  ['a text of our own', act({ party: 'us' }), [], false],
  ['a text that has not arrived', act({ body: { digest, size: 1024, state: 'missing' } }), [], false],
  ['an act without effect', act({ verdict: 'invalid' }), [], false],
  ['a text that has its receipt', act({}), [receipt], false],
  ['a text whose receipt is the other side’s own', act({}), [{ ...receipt, party: 'cn' }], true],
])('%s: %s', (_, of, others, owed) => {
  expect(owesReceipt(of, [of, ...others], 'us')).toBe(owed)
})

test('an act without a text is owed nothing', () => {
  const { body: _, ...bare } = act({})
  expect(owesReceipt(bare, [], 'us')).toBe(false)
})
