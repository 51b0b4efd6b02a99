// A person at the console, as far as the command line needs one: a passkey in software, a cookie, and calls of the node's own
// interface over HTTP as its pages make them.

import { createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { createAuthenticator } from '../../packages/server/test-support/authenticator.ts'

export interface PersonInBrowser {
  readonly account: string
  readonly client: Client
  /** Proves anew who they are, as a step up does. */
  stepUp(): Promise<void>
  /** Draws a code for the command line. */
  drawCode(roles: Parameters<Client['beginCommandLine']>[0]['body']['roles']): Promise<string>
}

/** Follows an invitation at the node that listens at `address` on this machine. */
export async function enrolInBrowser(address: string, invitation: string): Promise<PersonInBrowser> {
  // A passkey is of a name, not of an address.
  const origin = `http://localhost:${new URL(address).port}`
  let cookie: string | undefined
  const browse: typeof fetch = async (to, init) => {
    const headers = {
      ...(init?.headers as Record<string, string>),
      origin,
      ...(cookie === undefined ? {} : { cookie }),
    }
    const response = await fetch(to, { ...init, headers })
    for (const set of response.headers.getSetCookie()) cookie = set.split(';')[0]
    return response
  }
  const client = createClient({ baseUrl: origin, fetch: browse })
  const key = createAuthenticator()
  const bending = { origin }
  const { challenge } = await client.beginEnrolment({ body: { invitation } })
  const attestation = key.create(challenge, bending)
  const { account } = await client.enrolPasskey({ body: { invitation, attestation, label: 'Key' } })

  async function stepUp(): Promise<void> {
    const options = await client.beginVerification()
    await client.verifySession({ body: { assertion: key.get(options.challenge, bending) } })
  }

  return {
    account,
    client,
    stepUp,
    async drawCode(roles) {
      await stepUp()
      return (await client.beginCommandLine({ body: { roles } })).code
    },
  }
}
