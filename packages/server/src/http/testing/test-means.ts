// Credentials that all open one account, for tests of what the shell does whoever signs in. For tests only.

import type { Account } from '../handler.ts'
import type { CommandLineSignIn, SignInMeans } from '../means.ts'
import { examples } from './examples.ts'

const account: Account = { id: 'duty', grants: [] }

/** Codes and keys that all open one account. */
export function createTestCommandLine(): CommandLineSignIn {
  return {
    drawCode: async () => examples.beginCommandLine.answer!,
    signInByCode: async () => account,
    drawNonce: () => examples.beginKeyProof.answer!.nonce,
    verifyByKey: async () => undefined,
  }
}

/** `token`: whether an operator's token still makes a session. */
export function createTestMeans(token = true): SignInMeans {
  const { beginEnrolment, beginPasskeySignIn } = examples
  return {
    ways: async () => ({ passkey: true, oidc: true, token }),
    beginSignIn: () => beginPasskeySignIn.answer!,
    signIn: async () => account,
    beginEnrolment: async () => beginEnrolment.answer!,
    enrol: async () => account,
    beginVerification: async () => beginPasskeySignIn.answer!,
    verify: async () => undefined,
    beginOidc: async () => ({ address: 'https://provider.example/', binding: 'A'.repeat(43) }),
    signInByOidc: async () => account,
    noteEnd: async () => undefined,
  }
}
