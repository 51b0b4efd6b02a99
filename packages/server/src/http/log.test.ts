import { describe, expect, test } from 'vitest'
import { createLog, createPseudonym, errorFields } from './log.ts'
import {
  bearer,
  contract,
  cookieName,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  otherToken,
  sameOrigin,
  token,
} from './testing/test-app.ts'

const fieldsAllowed = new Set([
  'level',
  'time',
  'msg',
  'operation',
  'method',
  'status',
  'ms',
  'correlation',
  'client',
  'account',
  'error',
  'code',
  'frames',
  'fields',
])

describe('[HT19] [T-42] the log', () => {
  test('holds nothing that was sent, by any operation, well or badly', async () => {
    const canary = 'canary-7f3a'
    const node = createTestApp()
    const { app, lines } = node
    const secret = node.cookie('account-canary-7f3a')
    const requests = operationNames.flatMap((name) => {
      const method = contract[name].method
      const url = exampleUrl(name)
      const more = url.includes('?') ? '&' : '?'
      const headers = {
        ...sameOrigin,
        'user-agent': canary,
        referer: `https://${canary}.example`,
        'x-forwarded-for': canary,
        'parley-correlation': canary,
        'x-request-id': canary,
      }
      return [
        exampleRequest(name, { ...headers, ...bearer }),
        exampleRequest(name, { ...headers, cookie: secret }),
        exampleRequest(name, { ...headers, cookie: `${cookieName}=${canary.padEnd(43, 'x')}` }),
        exampleRequest(name, { ...headers, authorization: `Bearer ${canary}` }),
        exampleRequest(name, { ...headers, ...bearer }, { url: `${url}${more}${canary}=${canary}` }),
        exampleRequest(name, { ...headers, ...bearer }, { url: `${url.split('?')[0]}/${canary}` }),
        exampleRequest(name, { ...headers, ...bearer, host: `${canary}.example` }),
        exampleRequest(name, { ...headers, ...bearer, origin: `https://${canary}.example` }),
        ...(method === 'POST'
          ? [
              exampleRequest(name, { ...headers, ...bearer }, { body: `{"${canary}":"${canary}"}` }),
              exampleRequest(name, { ...headers, ...bearer }, { body: `${canary}\u001b[31m` }),
              exampleRequest(name, { ...headers, ...bearer, 'content-type': `text/${canary}` }),
            ]
          : []),
      ]
    })
    for (const request of requests) await (await app.fetch(request)).body?.cancel()
    expect(lines.length).toBeGreaterThanOrEqual(requests.length)
    const all = lines.join('')
    for (const word of [
      canary,
      token,
      otherToken,
      secret.split('=')[1]!,
      'duty',
      'parley.example',
      '0123456789abcdef0123456789abcdef',
      'ab'.repeat(32),
    ]) {
      expect(all.includes(word), word).toBe(false)
    }
  })

  test('has one line of JSON for each request, with no field but its own', async () => {
    const { app, lines } = createTestApp({
      handlers: {
        viewNode: () => {
          throw new Error('canary')
        },
      },
    })
    await app.fetch(exampleRequest('listChannels', bearer))
    await app.fetch(exampleRequest('listChannels'))
    await app.fetch(exampleRequest('viewNode', bearer))
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(line.endsWith('}\n')).toBe(true)
      const fields = JSON.parse(line) as Record<string, unknown>
      expect(Object.keys(fields).filter((name) => !fieldsAllowed.has(name))).toEqual([])
    }
    expect(JSON.parse(lines[0]!)).toMatchObject({
      operation: 'listChannels',
      method: 'GET',
      status: 200,
      msg: 'request',
    })
    expect(JSON.parse(lines[1]!)).not.toHaveProperty('account')
  })

  test('tells callers apart without naming them, and not across starts', () => {
    let drawn = 0
    const random = (length: number) => new Uint8Array(length).fill((drawn += 1))
    const [first, second] = [createPseudonym(random), createPseudonym(random)]
    expect(first('duty')).toMatch(/^[0-9a-f]{12}$/)
    expect(first('duty')).toBe(first('duty'))
    expect(first('duty')).not.toBe(first('other'))
    expect(first('duty')).not.toBe(second('duty'))
  })

  test.each([
    '\u001b[31m',
    '\r\n{"msg":"forged"}',
    '\u0085',
    '\u009b31m',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u0000',
  ])('keeps %j from acting on who reads it', (text) => {
    const lines: string[] = []
    createLog((line) => lines.push(line)).info({ operation: text }, text)
    expect(lines).toHaveLength(1)
    expect(lines[0]!.slice(0, -1)).toMatch(/^[\u0020-\u007e]*$/)
    expect(JSON.parse(lines[0]!)).toMatchObject({ operation: text, msg: text })
  })

  test('says of an error where it arose, never what it says', () => {
    const error = Object.assign(new TypeError('canary\n    at canary'), { code: 'ENOENT' })
    const fields = errorFields(error) as { error: string; code: string; frames: string[] }
    expect(fields).toMatchObject({ error: 'TypeError', code: 'ENOENT' })
    expect(fields.frames.some((frame) => frame.includes('log.test.ts'))).toBe(true)
    expect(errorFields('canary')).toEqual({ error: 'string' })
    expect(JSON.stringify(errorFields(Object.assign(new Error('x'), { code: 'a canary with spaces' })))).not.toContain(
      'canary',
    )
  })
})
