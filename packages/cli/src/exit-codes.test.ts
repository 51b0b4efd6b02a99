import { ApiProblem } from '@parley/api/client'
import { MechanismError } from '@parley/mechanism'
import { RecordError } from '@parley/record'
import { expect, test } from 'vitest'
import { CliError } from './error.ts'
import { exitCodes, tell } from './exit-codes.ts'

const problem = (code: ApiProblem['code'], reason?: string): ApiProblem =>
  new ApiProblem({ code, status: 409, detail: 'd', ...(reason === undefined ? {} : { reason }) })

test.each([
  [problem('client.unreachable'), 'unreachable', 'client.unreachable'],
  [problem('act.not-allowed', 'request.closed'), 'refused', 'act.not-allowed'],
  [problem('peer.busy'), 'busy', 'peer.busy'],
  [problem('log.not-found'), 'failed', 'log.not-found'],
  [new RecordError('note.signature', 'm'), 'failed', 'note.signature'],
  [new MechanismError('pack.refused', 'm'), 'failed', 'pack.refused'],
  [new MechanismError('body-content.text', 'm'), 'refused', 'body-content.text'],
  [new CliError('usage.home', 'm'), 'usage', 'usage.home'],
  [new CliError('home.running', 'm'), 'busy', 'home.running'],
  [Object.assign(new Error('m'), { code: 'lock.held' }), 'busy', 'lock.held'],
  [Object.assign(new Error('m'), { code: 'EACCES' }), 'failed', 'system.eacces'],
  [new Error('m'), 'failed', 'internal'],
  ['thrown', 'failed', 'internal'],
] as const)('%s ends as %s', (error, ending, code) => {
  expect(tell(error)).toMatchObject({ ending, code })
})

test('the rule behind a refusal is told', () => {
  expect(tell(problem('act.not-allowed', 'request.closed')).reason).toBe('request.closed')
  expect(tell(Object.assign(new Error('m'), { code: 'entry.refused', detail: 'request.turn' })).reason).toBe(
    'request.turn',
  )
})

test('exit codes are those of the documentation', () => {
  expect(exitCodes).toEqual({ ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, busy: 5 })
})
