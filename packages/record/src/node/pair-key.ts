// A key that two parties have without handing it over: each computes it from its own sealing key and the other's public one. For
// what both may compare and nobody else may guess at; never for sealing.

import { hkdfSync } from 'node:crypto'
import { exchange } from './age/x25519.ts'
import type { Identity, Recipient } from './age/x25519.ts'

const keyBytes = 32

/** 32 bytes, the same for both and another for every purpose; undefined when the other key is a point of low order. */
export function pairKey(own: Identity, other: Recipient, purpose: string): Uint8Array | undefined {
  const shared = exchange(own.key, other.key)
  return shared === undefined ? undefined : new Uint8Array(hkdfSync('sha256', shared, '', purpose, keyBytes))
}
