import type { Problem } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { ServerError } from '../error.ts'
import { HttpError } from './error.ts'
import { bearer, createTestApp, exampleRequest, origin } from './testing/test-app.ts'

async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as Problem
}

describe('[HT17] [T-51] failures', () => {
  const failing = (thrown: unknown) => ({
    viewNode: () => {
      throw thrown
    },
  })

  test.each([
    new Error('canary in /etc/shadow'),
    new TypeError('canary'),
    'canary',
    undefined,
    { code: 'canary' },
    new HttpError('http.policy', 'canary'),
    new ServerError('keys.missing', 'canary', { detail: 'canary' }),
  ])('%#: nothing is told but a correlation id', async (thrown) => {
    const { app, lines } = createTestApp({ handlers: failing(thrown) })
    const response = await app.fetch(exampleRequest('viewNode', bearer))
    const text = await response.clone().text()
    const problem = await problemIn(response)
    expect(problem).toMatchObject({ code: 'http.internal', status: 500, type: 'urn:parley:problem:http.internal' })
    expect(text).not.toMatch(/canary|stack|\.ts|node_modules|Error/)
    const correlation = response.headers.get('parley-correlation')
    expect(problem.instance).toBe(`urn:uuid:${correlation}`)
    const failure = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ msg }) => msg === 'failure')
    expect(failure).toMatchObject({ correlation, operation: 'viewNode' })
    expect(lines.join('')).not.toContain('canary')
  })

  test('the server’s own refusals have their code', async () => {
    const thrown = new ServerError('channel.unknown', 'canary', { detail: 'rule.broken' })
    const { app } = createTestApp({ handlers: failing(thrown) })
    const response = await app.fetch(exampleRequest('viewNode', bearer))
    expect(await response.clone().text()).not.toContain('canary')
    expect(await problemIn(response)).toMatchObject({ code: 'channel.not-found', status: 404, reason: 'rule.broken' })
  })

  test('an entry that a rule refuses is an act to whoever asked for the act', async () => {
    const refuse = () => {
      throw new ServerError('entry.refused', 'canary', { detail: 'request.closed' })
    }
    const { app } = createTestApp({ handlers: { appendAct: refuse, appendEntry: refuse } })
    const act = await problemIn(await app.fetch(exampleRequest('appendAct', bearer)))
    expect(act).toMatchObject({ code: 'act.not-allowed', status: 409, reason: 'request.closed' })
    const entry = await problemIn(await app.fetch(exampleRequest('appendEntry', bearer)))
    expect(entry).toMatchObject({ code: 'entry.refused', status: 409, reason: 'request.closed' })
  })

  test('what the shell does not know may be explained to it', async () => {
    const thrown = new RangeError('canary')
    const explain = (error: unknown) =>
      error === thrown ? { code: 'act.not-allowed' as const, detail: 'No.', reason: 'request.closed' } : undefined
    const { app } = createTestApp({ handlers: failing(thrown), explain })
    const problem = await problemIn(await app.fetch(exampleRequest('viewNode', bearer)))
    expect(problem).toMatchObject({ code: 'act.not-allowed', status: 409, detail: 'No.', reason: 'request.closed' })
  })

  test('a code that the operation does not list is answered, and the log says so', async () => {
    const thrown = new HttpError('bundle.malformed', 'No.', { reason: 'bundle.digest', retryAfterSeconds: 3 })
    const { app, lines } = createTestApp({ handlers: failing(thrown) })
    const response = await app.fetch(exampleRequest('viewNode', bearer))
    expect(response.headers.get('retry-after')).toBe('3')
    expect(await problemIn(response)).toMatchObject({ code: 'bundle.malformed', reason: 'bundle.digest' })
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(said).toContainEqual(
      expect.objectContaining({ msg: 'undeclared', code: 'bundle.malformed', operation: 'viewNode' }),
    )
  })

  test('fields that a rule refused are named, a few of them', async () => {
    const errors = Array.from({ length: 30 }, (_, n) => ({ pointer: `/data/${n}`, code: 'shape.type' }))
    const explain = () => ({ code: 'act.malformed' as const, detail: 'No.', errors })
    const { app } = createTestApp({ handlers: failing(new RangeError('canary')), explain })
    const problem = await problemIn(await app.fetch(exampleRequest('viewNode', bearer)))
    expect(problem.errors).toEqual(errors.slice(0, 20))
  })

  test('an unknown address is a problem too', async () => {
    const { app } = createTestApp()
    const problem = await problemIn(await app.fetch(new Request(`${origin}/api/nothing`, { headers: bearer })))
    expect(problem).toMatchObject({ code: 'http.not-found', status: 404 })
  })
})
