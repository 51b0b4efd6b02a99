// A real OpenID provider on this machine, for tests: the certified library, its own keys, and people who say yes to
// everything. Run as a program, with the address that people are sent back to, it
// prints its issuer and runs until it is told to end; a test may ask it to misbehave.

import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync } from 'node:crypto'
import { Provider } from 'oidc-provider'

export interface TestProvider {
  readonly issuer: string
  /** How many requests it has had, by path. */
  readonly asked: string[]
  /** Signs somebody in at an address and gives the address that they are sent back to. */
  signIn(address: string, subject?: string): Promise<URL>
  close(): Promise<void>
}

export interface ProviderOptions {
  readonly redirect: string
  readonly clientId?: string
  /** The claims of an ID token beside the usual. */
  readonly acr?: string
  /** Changes what the provider answers, by path: a hostile one. */
  readonly bend?: (path: string, body: string) => string
  /** Listens on this port, as another provider would that took the place of the first. */
  readonly port?: number
}

/** Starts the provider on a free port. */
export async function startProvider(options: ProviderOptions): Promise<TestProvider> {
  const asked: string[] = []
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://x').pathname)
    if (options.bend !== undefined)
      bendAnswers(response, new URL(request.url ?? '/', 'http://x').pathname, options.bend)
    handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: options.clientId ?? 'parley',
        token_endpoint_auth_method: 'none',
        redirect_uris: [options.redirect],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'one' }] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    acrValues: ['high', 'low'],
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
  })
  handle = createInteractions(provider, options)
  return {
    issuer,
    asked,
    signIn: (address, subject = 'someone') => follow(address, subject, options.redirect),
    close: () => close(server),
  }
}

/** Whoever comes is signed in as the subject that a header names, and consents to everything. */
function createInteractions(provider: Provider, { acr }: ProviderOptions) {
  const usual = provider.callback()
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!(request.url ?? '').startsWith('/interaction/')) return void usual(request, response)
    void (async () => {
      const { params, prompt, session } = await provider.interactionDetails(request, response)
      const subject = String(request.headers['x-subject'] ?? 'someone')
      if (prompt.name === 'login') {
        const login = { accountId: subject, ...(acr === undefined ? {} : { acr }) }
        return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
      }
      const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params['client_id']) })
      grant.addOIDCScope('openid')
      const grantId = await grant.save()
      return provider.interactionFinished(request, response, { consent: { grantId } })
    })()
  }
}

/** What a browser does: follows redirects with its cookies, until it is sent to the node's own address. */
async function follow(address: string, subject: string, redirect: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = address
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { redirect: 'manual', headers: { cookie, 'x-subject': subject } })
    await response.body?.cancel()
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the provider stopped at ${response.status} of ${next}`)
    next = new URL(location, next).href
    if (next.startsWith(redirect)) return new URL(next)
  }
  throw new Error('the provider sends people in a circle')
}

/** Puts another body in the place of an answer. */
function bendAnswers(response: ServerResponse, path: string, bend: NonNullable<ProviderOptions['bend']>): void {
  const end = response.end.bind(response)
  response.end = ((chunk?: unknown) => {
    const body = chunk === undefined ? '' : Buffer.from(chunk as Uint8Array).toString('utf8')
    const bent = bend(path, body)
    if (bent !== body) response.setHeader('content-length', Buffer.byteLength(bent))
    return end(bent)
  }) as typeof response.end
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

if (import.meta.main) {
  const provider = await startProvider({ redirect: process.argv[2] ?? '' })
  process.once('SIGTERM', () => void provider.close())
  process.stdout.write(`${provider.issuer}\n`)
}
