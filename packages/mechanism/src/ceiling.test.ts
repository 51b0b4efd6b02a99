import { expect, test } from 'vitest'
import { findAboveCeiling, isMarked } from './ceiling.ts'
import { codeLists } from './codes.ts'
import { entryTypes } from './table.ts'
import { createAgreed } from './testing/histories.ts'
import { sampleGuidelines } from './testing/guidelines.ts'
import { judge } from './verdict.ts'
import { packAtHand } from './testing/samples.ts'

const guidelines = sampleGuidelines()

test('[HN4] of acts with a marking those above the ceiling are found', () => {
  const found = codeLists.handling.map((handling) =>
    findAboveCeiling({ type: 'request.answered', data: { outcome: 'full', handling } }, guidelines),
  )
  expect(found).toEqual([
    undefined,
    undefined,
    undefined,
    { marking: 'amber-strict', ceiling: 'amber' },
    { marking: 'red', ceiling: 'amber' },
  ])
  expect(findAboveCeiling({ type: 'request.opened', data: {} }, guidelines)).toEqual({
    marking: 'red',
    ceiling: 'amber',
  })
})

test('[HN4] where no guidelines rule, and among types without a marking, nothing is above', () => {
  expect(findAboveCeiling({ type: 'request.opened', data: { handling: 'red' } }, undefined)).toBeUndefined()
  expect(findAboveCeiling({ type: 'request.chased', data: {} }, guidelines)).toBeUndefined()
  expect(entryTypes.map(({ type }) => type).filter(isMarked)).toEqual([
    'request.opened',
    'request.answered',
    'evidence.sealed',
  ])
})

test('[HN4] no verdict asks for the ceiling', () => {
  const history = createAgreed()
  const opened = history.say('us', 'request.opened', { data: { to: 'cn', handling: 'red' } })
  const context = { parties: ['cn', 'us'], subject: [], agreement: history.acts, pack: packAtHand }
  expect(judge(opened, context)).toEqual({ kind: 'valid' })
})
