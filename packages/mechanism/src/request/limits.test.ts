import { expect, test } from 'vitest'
import { limitsOf } from './limits.ts'

const state = { handling: 'amber' } as const
const accepted = { entry: 'e', conditions: ['confidential', 'stated-purpose-only'] } as never

test('[RQ42] what an act does not say of its limits the request and the acceptance do', () => {
  expect(limitsOf({ type: 'request.opened', data: { handling: 'green' } }, state)).toEqual({
    handling: 'green',
    conditions: [],
  })
  expect(limitsOf({ type: 'request.supplemented', data: {} }, state)).toEqual({ handling: 'amber', conditions: [] })
  expect(limitsOf({ type: 'request.updated', data: { stage: 'searching' } }, { ...state, accepted })).toEqual({
    handling: 'amber',
    use: 'intelligence-only',
    conditions: ['confidential', 'stated-purpose-only'],
  })
})

test('[RQ42] an answer has its own marking and use, and its conditions beside those of the acceptance', () => {
  const data = {
    outcome: 'full',
    handling: 'red',
    use: 'evidential',
    conditions: ['stated-purpose-only', 'no-onward-transfer'],
  }
  expect(limitsOf({ type: 'request.answered', data }, { ...state, accepted })).toEqual({
    handling: 'red',
    use: 'evidential',
    conditions: ['confidential', 'stated-purpose-only', 'no-onward-transfer'],
  })
})
