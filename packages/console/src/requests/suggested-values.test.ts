import { expect, test } from 'vitest'
import { suggestValues } from './suggested-values.ts'

const state = {
  handling: 'amber',
  extensions: [{ entry: 'a', agreed: 'b' }, { entry: 'c' }, { entry: 'd', agreed: 'e' }],
}

test('a return names what is missing, an agreement the latest extension that waits for it', () => {
  expect(suggestValues({ state, missing: ['facts', 'result-sought'] })).toEqual({
    'request.returned': { reasons: ['incomplete'], missing: ['facts', 'result-sought'] },
    'request.agreed': { extension: 'c' },
    'request.answered': { handling: 'amber' },
  })
})

test('nothing is suggested that the state does not hold', () => {
  expect(suggestValues({ state: { ...state, extensions: [] }, missing: [] })).toEqual({
    'request.answered': { handling: 'amber' },
  })
})
