// What the record needs of cryptography, as one small argument. `node/` and `web/` implement it, held to the same
// verdicts by the vectors; the simulation hands in a cheap stub. Nothing else in this package hashes or verifies.

/** Hashing is synchronous everywhere; verification may leave the thread. */
export interface Crypto {
  /** SHA-256, 32 bytes. */
  sha256(data: Uint8Array): Uint8Array
  /** Ed25519 by RFC 8032 without the cofactor, as `node:crypto` decides. Resolves to false for any malformed input. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>
  /** ECDSA on P-256 with SHA-256: a SEC1 uncompressed point (65 bytes) and a DER signature, as passkeys give them. */
  verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** An Ed25519 key that can sign. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>
}
