// Whose keys verify what arrives. The exchange asks; a registry of parties answers, as of the sizes that are claimed.

import type { VerifierKey } from '../verifier-key.ts'

/** What a head claims to be, before anything of it is verified. */
export interface HeadClaim {
  readonly origin: string
  readonly size: number
  /** Entries that came along, from index `start` on: in a governance log they may bring the very key that signed. */
  readonly start: number
  readonly entries: readonly Uint8Array[]
}

/** The log keys that may sign such a head; none for a log that is not known. It may throw a RecordError of its own. */
export type VerifierKeysOf = (claim: HeadClaim) => readonly VerifierKey[] | Promise<readonly VerifierKey[]>

/** The witness and mirror keys of all who may cosign that log; none for a log that is not known. */
export type CosignerKeysOf = (origin: string) => readonly VerifierKey[]

export interface KeyLookup {
  readonly verifierKeysOf: VerifierKeysOf
  readonly cosignerKeysOf: CosignerKeysOf
}
