// Paths that some server somewhere takes for others, and parameters that would lead away.

import type { Problem } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { examples } from './testing/examples.ts'
import {
  contract,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  origin,
  sameOrigin,
  standing,
} from './testing/test-app.ts'

const headers = { ...standing, ...sameOrigin }

async function codeOf(response: Response): Promise<string> {
  return response.ok ? String(response.status) : ((await response.json()) as Problem).code
}

describe('[HT3] [T-37] paths', () => {
  /** Ways to write a path that some server somewhere takes for the path itself. */
  function variants(path: string): string[] {
    const last = path.lastIndexOf('/')
    const letter = path.slice(last + 1, last + 2)
    const escaped = `%${letter.charCodeAt(0).toString(16)}`
    return [
      `${path}/`,
      `${path}//`,
      `/${path}`,
      path.replaceAll('/', '//'),
      `${path.slice(0, last)}//${path.slice(last + 1)}`,
      `/.${path}`,
      `${path}/.`,
      `${path}/x/..`,
      `/x/..${path}`,
      `${path.slice(0, last)}/./${path.slice(last + 1)}`,
      `${path.slice(0, last)}/${escaped}${path.slice(last + 2)}`,
      `${path.slice(0, last)}/%25${escaped.slice(1)}${path.slice(last + 2)}`,
      `${path.slice(0, last)}%2f${path.slice(last + 1)}`,
      `${path.slice(0, last)}%5c${path.slice(last + 1)}`,
      `${path.slice(0, last)}\\${path.slice(last + 1)}`,
      `${path};x`,
      `${path};x=1`,
      `${path.slice(0, last)};/${path.slice(last + 1)}`,
      `${path}%00`,
      `${path}%20`,
      `${path}%0a`,
      `${path}%09`,
      `${path}.`,
      `${path}.json`,
      `${path}%3f`,
      `${path}%23`,
      `${path}%2e`,
      `${path}%c0%af`,
      `${path}~`,
      `${path}*`,
      `${path.slice(0, last)}/${path.slice(last + 1).toUpperCase()}X`,
      `/API${path.slice(4)}`,
      `${path}%ef%bc%8f`,
      `${path},x`,
      `${path}:x`,
      `${path}@x`,
    ]
  }

  test.each(operationNames)('%s: no variant reaches a handler', async (name) => {
    const { app, calls, events } = createTestApp()
    const path = new URL(exampleUrl(name)).pathname
    const list = variants(path)
    expect(list.length).toBeGreaterThanOrEqual(30)
    for (const variant of list) {
      // As a server hands it over: the request line as it was sent, and a request made of it.
      const incoming = { url: variant, socket: { remoteAddress: '127.0.0.1' } }
      expect(await codeOf(await app.fetch(exampleRequest(name, headers), { incoming })), variant).toBe('http.not-found')
      if (!URL.canParse(origin + variant)) continue
      const request = exampleRequest(name, headers, { url: origin + variant })
      const response = await app.fetch(request)
      // Where the tidying is a URL's own, there is no telling: then it is the path itself.
      if (new URL(request.url).pathname === path) await response.body?.cancel()
      else expect(await codeOf(response), variant).toBe('http.not-found')
    }
    const reached = calls.length
    expect(events.count()).toBeLessThanOrEqual(4)
    const target = { incoming: { url: path, socket: {} } }
    await (await app.fetch(exampleRequest(name, headers), target)).body?.cancel()
    expect(calls.length - reached).toBeLessThanOrEqual(1)
  })

  test('an absolute or starred target is not found', async () => {
    const { app, calls } = createTestApp()
    for (const url of [
      `${origin}/api/node`,
      'http://evil.example/api/node',
      '*',
      '',
      'api/node',
      '//evil.example/api/node',
    ]) {
      const response = await app.fetch(exampleRequest('viewNode', headers), { incoming: { url, socket: {} } })
      expect(await codeOf(response), url).toBe('http.not-found')
    }
    expect(calls).toEqual([])
  })

  test.each(operationNames.filter((name) => contract[name].params !== undefined))(
    '%s: what cannot be an identifier names nothing',
    async (name) => {
      const { app, calls } = createTestApp()
      const good = examples[name].params as Record<string, string | number>
      for (const parameter of Object.keys(good)) {
        for (const bad of [
          'x',
          '0',
          '-1',
          '1e3',
          '00',
          'A'.repeat(64),
          'a'.repeat(65),
          '~',
          '9'.repeat(17),
          'null',
          '__proto__',
        ]) {
          if (parameter === 'position' && bad === '0') continue
          if (parameter === 'party' && /^[a-z][a-z0-9-]{0,15}$/.test(bad)) continue
          const response = await app.fetch(
            exampleRequest(name, headers, { url: exampleUrl(name, { ...good, [parameter]: bad }) }),
          )
          expect(await codeOf(response), `${parameter}=${bad}`).toBe('http.not-found')
        }
      }
      expect(calls).toEqual([])
    },
  )
})

test('[HT6] [T-45] nothing redirects, whatever a parameter says', async () => {
  const places = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '\\\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
  ]
  const names = ['next', 'return', 'redirect', 'url', 'to', 'continue', 'returnTo', 'redirect_uri']
  const paths = ['/api/session', '/api/node', '/health', '/', '/login']
  const { app } = createTestApp()
  let asked = 0
  for (const place of places) {
    for (const name of names) {
      for (const path of paths) {
        const response = await app.fetch(
          new Request(`${origin}${path}?${name}=${encodeURIComponent(place)}`, { headers }),
        )
        expect(response.status < 300 || response.status >= 400).toBe(true)
        expect(response.headers.get('location')).toBeNull()
        asked += 1
      }
    }
  }
  expect(asked).toBeGreaterThanOrEqual(100)
})
