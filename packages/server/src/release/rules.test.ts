import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { demandsOf, entryTypes } from '@parley/mechanism'
import type { Demand } from '@parley/mechanism'
import { countMissing, excludedAuthors, ruleApprove, ruleRelease } from './rules.ts'
import type { Decision, Waiting } from './rules.ts'

const release: Demand = { count: 1, roles: ['releasing'] }

/** Everybody holds several keys of several roles: what counts are people. */
type Command =
  | { readonly kind: 'edit' | 'submit' | 'revoke'; readonly person: string }
  | { readonly kind: 'approve'; readonly person: string; readonly key: number; readonly roles: readonly string[] }
  | { readonly kind: 'release'; readonly person: string }

interface Model {
  authors: string[]
  waiting: { authors: readonly string[]; approvals: Decision[] } | undefined
}

/** Does a command as the desk does; says who took part when something was released. */
function run(model: Model, demand: Demand, command: Command): ReadonlySet<string> | undefined {
  const { person } = command
  switch (command.kind) {
    case 'edit':
      if (!model.authors.includes(person)) model.authors.push(person)
      model.waiting = undefined
      return undefined
    case 'submit':
      if (model.authors.length === 0) return undefined
      if (!model.authors.includes(person)) model.authors.push(person)
      model.waiting = { authors: excludedAuthors(demand, model.authors), approvals: [] }
      return undefined
    case 'approve': {
      const decision = { person, official: `${person} ${command.key}`, roles: command.roles }
      if (model.waiting !== undefined && ruleApprove(model.waiting, demand, decision) === undefined) {
        model.waiting.approvals.push(decision)
      }
      return undefined
    }
    case 'revoke':
      if (model.waiting !== undefined) {
        model.waiting.approvals = model.waiting.approvals.filter((one) => one.person !== person)
      }
      return undefined
    case 'release': {
      if (model.waiting === undefined) return undefined
      const facts = { inForce: () => true, stale: false, aboveCeiling: false }
      if (ruleRelease(model.waiting, demand, facts) !== undefined) return undefined
      return new Set([...model.authors, ...model.waiting.approvals.map((one) => one.person)])
    }
  }
}

const commandsOf = (people: readonly string[]): fc.Arbitrary<Command> => {
  const person = fc.constantFrom(...people)
  const roles = fc.subarray(['releasing', 'liaison', 'duty', 'administrator'], { minLength: 1 })
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('edit', 'submit', 'revoke', 'release'), person }),
    fc.record({ kind: fc.constant('approve'), person, key: fc.nat(3), roles }),
  )
}

test.each([1, 2, 3])(
  '[RL7] [T-12] [T-17] fewer people than a demand of %i and an author release nothing, in 10^5 commands',
  (count) => {
    let commands = 0
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: count })
          .chain((size) =>
            fc.array(commandsOf(['ada', 'bo', 'cy'].slice(0, size)), { minLength: 40, maxLength: 100, size: 'max' }),
          ),
        (sequence) => {
          const model: Model = { authors: [], waiting: undefined }
          for (const command of sequence) {
            commands += 1
            expect(run(model, { count, roles: ['releasing'] }, command)).toBeUndefined()
          }
        },
      ),
      { numRuns: 700 },
    )
    // Three such tests are 10^5 commands together.
    expect(commands).toBeGreaterThan(34_000)
  },
)

test('[RL7] enough people do release', () => {
  const model: Model = { authors: [], waiting: undefined }
  run(model, release, { kind: 'edit', person: 'ada' })
  run(model, release, { kind: 'submit', person: 'ada' })
  expect(run(model, release, { kind: 'release', person: 'ada' })).toBeUndefined()
  run(model, release, { kind: 'approve', person: 'bo', key: 1, roles: ['releasing'] })
  expect(run(model, release, { kind: 'release', person: 'ada' })).toEqual(new Set(['ada', 'bo']))
})

const bo = { person: 'bo', official: 'bo 1', roles: ['releasing'] }
const waiting: Waiting = { authors: ['ada'], approvals: [bo] }

test.each<[string, Decision, string | undefined]>([
  ['by an author', { person: 'ada', official: 'ada 1', roles: ['releasing'] }, 'release.author'],
  ['by the same person with another key', { ...bo, official: 'bo 2' }, 'release.twice'],
  ['by the same key', { ...bo, person: 'cy' }, 'release.twice'],
  ['by another role', { person: 'cy', official: 'cy 1', roles: ['liaison', 'operator'] }, 'release.role'],
  ['by one more', { person: 'cy', official: 'cy 1', roles: ['releasing'] }, undefined],
])('[RL5] [RL6] an approval %s', (_name, decision, refusal) => {
  expect(ruleApprove(waiting, release, decision)).toBe(refusal)
})

test('[RL9] an approver who is no official any more keeps it here', () => {
  const facts = { inForce: (official: string) => official !== 'bo 1', stale: false, aboveCeiling: false }
  expect(ruleRelease(waiting, release, facts)).toBe('release.revoked')
  expect(countMissing(waiting, release, facts.inForce)).toBe(1)
  expect(ruleRelease(waiting, release, { inForce: () => true, stale: true, aboveCeiling: false })).toBe('release.stale')
  expect(
    ruleRelease(waiting, { count: 2, roles: ['releasing'] }, { inForce: () => true, stale: true, aboveCeiling: false }),
  ).toBe('release.short')
})

test('[RL13] what is marked above the ceiling stays here, whoever approved it', () => {
  const facts = { inForce: () => true, stale: false, aboveCeiling: true }
  expect(ruleRelease(waiting, release, facts)).toBe('release.above-ceiling')
})

test('[RL7] what a party says of substance is never left to one person', () => {
  const alone = entryTypes.filter(({ type }) => demandsOf(type).alone === true).map(({ type }) => type)
  // What is on the line, whether somebody is there, and what is done with a file that the party has already.
  expect(alone.filter((type) => /^(?:hotline|ping)\./.test(type))).toEqual(
    entryTypes.map(({ type }) => type).filter((type) => /^(?:hotline|ping)\./.test(type)),
  )
  expect(alone.filter((type) => !/^(?:hotline|ping)\./.test(type)).sort()).toEqual([
    'entry.opened',
    'evidence.copied',
    'evidence.opened',
    'evidence.received',
    'request.acknowledged',
    'request.chased',
    'request.extended',
    'request.returned',
    'request.updated',
  ])
  expect(excludedAuthors({ ...release, alone: true }, ['ada'])).toEqual([])
})
