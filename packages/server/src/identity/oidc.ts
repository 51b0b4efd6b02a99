// The party's own OpenID provider: authorization code with PKCE, by the library. The answer comes back through the console's
// own page, so that no cookie has to travel with another site's request; it opens one sign-in, in the browser that began it.

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { Configuration, CustomFetch } from 'openid-client'
import type { OidcAnswer } from '../http/means.ts'
import { hashToken } from '../http/tokens.ts'

export interface OidcSettings {
  /** Compared as it stands, to the byte. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  /** The one algorithm that ID tokens are signed by. */
  readonly algorithm: 'ES256' | 'EdDSA' | 'PS256' | 'RS256'
  /** How the person must have been authenticated, where the provider says so. */
  readonly acr?: string
}

export interface OidcSubject {
  readonly issuer: string
  readonly subject: string
  /** The invitation that the sign-in was begun with. */
  readonly invitation: string | undefined
}

export interface OidcProvider {
  begin(invitation: string | undefined): Promise<{ readonly address: string; readonly binding: string }>
  /** Who signed in; undefined when anything about the answer is not as it must be. */
  open(answer: OidcAnswer, binding: string | undefined): Promise<OidcSubject | undefined>
}

/** How long somebody may take at the provider, and how long ago they may have proven there who they are. */
const signInMillisecondsMax = 5 * 60_000
const authenticationSecondsMax = 300
const discoveredMillisecondsMax = 60 * 60_000
const providerSecondsMax = 10
const pendingMax = 1_000

interface Pending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly invitation: string | undefined
  readonly begun: number
}

/**
 * @param options.redirect the one address that the provider may send people back to
 * @param options.now Unix milliseconds
 */
export function createOidcProvider(
  settings: OidcSettings,
  options: { readonly redirect: string; readonly now: () => number; readonly random: (bytes: number) => Uint8Array },
): OidcProvider {
  const { now, random, redirect } = options
  /** By the hash of the binding that the browser holds. */
  const pending = new Map<string, Pending>()
  let discovered: { readonly config: Configuration; readonly at: number } | undefined

  async function configure(): Promise<Configuration> {
    const age = discovered === undefined ? Infinity : now() - discovered.at
    if (discovered !== undefined && age >= 0 && age < discoveredMillisecondsMax) return discovered.config
    const config = await discover(settings)
    discovered = { config, at: now() }
    return config
  }

  function takePending(binding: string | undefined): Pending | undefined {
    if (binding === undefined) return undefined
    const key = hashToken(binding).toHex()
    const found = pending.get(key)
    pending.delete(key)
    if (found === undefined) return undefined
    const age = now() - found.begun
    return age >= 0 && age < signInMillisecondsMax ? found : undefined
  }

  return {
    async begin(invitation) {
      const config = await configure()
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
      const address = buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: 'openid',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        max_age: String(authenticationSecondsMax),
        ...(settings.acr === undefined ? {} : { acr_values: settings.acr }),
      })
      const binding = Buffer.from(random(32)).toString('base64url')
      if (pending.size >= pendingMax) pending.delete(pending.keys().next().value!)
      pending.set(hashToken(binding).toHex(), { state, nonce, verifier, invitation, begun: now() })
      return { address: address.href, binding }
    },
    async open(answer, binding) {
      const begun = takePending(binding)
      // The parameter that says who answers is asked of every provider: without it one provider can pass for another.
      if (begun === undefined || answer.iss !== settings.issuer || answer.state !== begun.state) return undefined
      const address = new URL(redirect)
      for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value as string)
      try {
        const tokens = await authorizationCodeGrant(await configure(), address, {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          maxAge: authenticationSecondsMax,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined || claims.iss !== settings.issuer || claims.sub === '') return undefined
        if (settings.acr !== undefined && claims.acr !== settings.acr) return undefined
        return { issuer: claims.iss, subject: claims.sub, invitation: begun.invitation }
      } catch {
        return undefined
      }
    },
  }
}

async function discover({ algorithm, clientId, clientSecret, issuer }: OidcSettings): Promise<Configuration> {
  const authentication = clientSecret === undefined ? None() : ClientSecretPost(clientSecret)
  const config = await discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: algorithm },
    authentication,
    {
      timeout: providerSecondsMax,
      [customFetch]: fetchFrom(new URL(issuer).origin),
      execute: [enableNonRepudiationChecks, ...(isLoopback(issuer) ? [allowInsecureRequests] : [])],
    },
  )
  if (config.serverMetadata().issuer !== issuer) throw new Error('the provider names another issuer')
  return config
}

/** Fetches from one origin only: what the provider's own documents name elsewhere is not asked. */
function fetchFrom(origin: string): CustomFetch {
  return (address, init) => {
    if (new URL(address).origin !== origin) throw new Error('the provider points to another origin')
    return fetch(address, { ...init, redirect: 'error' } as RequestInit)
  }
}

/** A provider on this very machine, as in a test, may do without TLS. */
function isLoopback(issuer: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(issuer).hostname)
}
