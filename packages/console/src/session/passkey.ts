// The browser's side of passkeys: options of the node in, answers of the authenticator out, both in their JSON forms.

import type { AssertionAnswer, AssertionOptions, AttestationAnswer, CreationOptions } from '@parley/api'

/** Whether this page is under a name: a passkey is bound to one, and an address is none. */
export function isUnderName(): boolean {
  return window.isSecureContext && !/^(\[.*\]|[0-9.]+)$/.test(location.hostname)
}

/**
 * Asks the person to prove who they are.
 *
 * @throws DOMException `NotAllowedError` when they did not, or took too long
 */
export async function proveByPasskey(options: AssertionOptions): Promise<AssertionAnswer> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await navigator.credentials.get({ publicKey })
  const { id, response } = (credential as PublicKeyCredential).toJSON() as AuthenticationResponseJSON
  const { authenticatorData, clientDataJSON, signature } = response
  return { id, authenticatorData, clientDataJSON, signature }
}

/**
 * Has a new passkey made.
 *
 * @throws DOMException `NotAllowedError` as above, `InvalidStateError` when the authenticator holds one of this account
 */
export async function createPasskey(options: CreationOptions): Promise<AttestationAnswer> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await navigator.credentials.create({ publicKey })
  const { id, response } = (credential as PublicKeyCredential).toJSON() as RegistrationResponseJSON
  return { id, clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject }
}

/** What a person did not do, or a device could not: nothing that the node refused. */
export function isPasskeyRefusal(error: unknown): boolean {
  return error instanceof DOMException
}
