// An approval in the browser: the authenticator signs with the digest of exactly what waits as its challenge.

import type { ApprovalText, ReleaseView } from '@parley/api'
import { proveByPasskey } from '../session/passkey.ts'

const timeoutMilliseconds = 120_000

/** The caller's keys that a browser can approve with. */
export function listPasskeys({ demand, keys }: Pick<ReleaseView, 'demand' | 'keys'>) {
  return keys.flatMap(({ official, passkey, roles }) =>
    passkey !== null && roles.some((role) => demand.roles.includes(role)) ? [{ official, passkey }] : [],
  )
}

/** @throws DOMException when the person did not approve */
export async function approveByPasskey(waiting: ReleaseView): Promise<ApprovalText> {
  const passkeys = listPasskeys(waiting)
  const answer = await proveByPasskey({
    challenge: Uint8Array.fromHex(waiting.digest).toBase64({ alphabet: 'base64url', omitPadding: true }),
    rpId: location.hostname,
    timeout: timeoutMilliseconds,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ passkey }) => ({ type: 'public-key', id: passkey })),
  })
  const used = passkeys.find(({ passkey }) => passkey === answer.id) ?? passkeys[0]!
  const { authenticatorData, clientDataJSON, signature } = answer
  return {
    official: used.official,
    assertion: {
      authenticatorData: toBase64(authenticatorData),
      clientData: toBase64(clientDataJSON),
      signature: toBase64(signature),
    },
  }
}

/** An entry carries base64 as RFC 4648 has it in section 4; browsers give that of section 5. */
function toBase64(text: string): string {
  return Uint8Array.fromBase64(text, { alphabet: 'base64url' }).toBase64()
}
