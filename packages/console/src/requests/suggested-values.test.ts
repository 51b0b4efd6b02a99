import { expect, test } from 'vitest'
import { suggestValues } from './suggested-values.ts'

const state = {
  kind: 'technical-advice',
  urgency: 'ordinary',
  relation: 'new',
  handling: 'amber',
  particulars: ['authority', 'contact'],
  extensions: [{ entry: 'a', agreed: 'b' }, { entry: 'c' }, { entry: 'd', agreed: 'e' }],
}

test('a return names what is missing, an agreement the latest extension that waits for it', () => {
  expect(suggestValues({ state })).toEqual({
    'request.returned': { reasons: ['incomplete'], missing: ['facts', 'result-sought'] },
    'request.agreed': { extension: 'c' },
    'request.answered': { handling: 'amber' },
  })
})

test('nothing is suggested that the state does not hold', () => {
  const whole = { ...state, particulars: ['authority', 'contact', 'facts', 'result-sought'], extensions: [] }
  expect(suggestValues({ state: whole })).toEqual({ 'request.answered': { handling: 'amber' } })
})
