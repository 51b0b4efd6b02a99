// A person's security key, as the browser plays one: it holds passkeys, and says that it verified the person, or does not.

import type { CDPSession, Page } from 'playwright-core'

export interface VirtualKey {
  /** Whether the key verifies the person from now on. */
  verify(person: boolean): Promise<void>
  /** The passkeys on it, to be carried to another browser. */
  take(): Promise<Credential[]>
  put(credentials: readonly Credential[]): Promise<void>
}

type Credential = Awaited<ReturnType<typeof read>>[number]

/** Plugs a key into the browser of a page. */
export async function plugIn(page: Page): Promise<VirtualKey> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verify: async (person) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: person })
    },
    take: () => read(session, authenticatorId),
    async put(credentials) {
      for (const credential of credentials)
        await session.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
  }
}

async function read(session: CDPSession, authenticatorId: string) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
}
