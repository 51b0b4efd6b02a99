// What the shell needs of the room that knows people: who signs in by which credential. Every function that is shown a
// credential throws when it opens nothing; which errors those are is for `explain` to know.

import type { AssertionAnswer, AssertionOptions, AttestationAnswer, CreationOptions, PersonRole } from '@parley/api'
import type { Account } from './handler.ts'

/** What a provider answered through the browser. */
export interface OidcAnswer {
  readonly code: string
  readonly state: string
  readonly iss: string
}

/** What an official's key signed on the command line; the nonce in hexadecimal, the signature in base64. */
export interface KeyPresence {
  readonly official: string
  readonly nonce: string
  readonly signature: string
}

/** How a person is known on the command line. */
export interface CommandLineSignIn {
  drawCode(account: string, roles: readonly PersonRole[]): Promise<{ readonly code: string; readonly expires: number }>
  /** Uses the code up. */
  signInByCode(code: string): Promise<Account>
  /** 32 bytes, hexadecimal. */
  drawNonce(session: string): string
  /** Resolves when the holder of an official's key of the account is there, at this node. */
  verifyByKey(account: string, session: string, proof: KeyPresence): Promise<void>
}

/** Throws when there were too many attempts on an account from places that are new to it. */
export type Admit = (account: string) => void

export interface SignInMeans {
  /** By what one may sign in now. */
  ways(): Promise<{ readonly passkey: boolean; readonly oidc: boolean; readonly token: boolean }>
  beginSignIn(): AssertionOptions
  /** `admit` is told whose credential it is before it is looked at. @throws what `admit` throws */
  signIn(answer: AssertionAnswer, admit?: Admit): Promise<Account>
  beginEnrolment(invitation: string): Promise<CreationOptions>
  /** Enrols the passkey and uses up the invitation. */
  enrol(invitation: string, answer: AttestationAnswer, label: string): Promise<Account>
  beginVerification(account: string, session: string): Promise<AssertionOptions>
  /** Resolves when one of the account's own passkeys answered the challenge of this session. */
  verify(account: string, session: string, answer: AssertionAnswer, admit?: Admit): Promise<void>
  /** `binding` is for a cookie of this browser. */
  beginOidc(invitation: string | undefined): Promise<{ readonly address: string; readonly binding: string }>
  signInByOidc(answer: OidcAnswer, binding: string | undefined): Promise<Account>
  /** An account's session was ended by its owner. */
  noteEnd(account: string): Promise<void>
}
