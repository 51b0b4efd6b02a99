// Seals the body of an entry: padded, salted, encrypted to the authorities of every party of the channel and to our own
// archive, so that a node rebuilt from its peers can still read what it sent (SECURITY-RULES T-21).

import { randomBytes } from 'node:crypto'
import {
  bodyCommitment,
  bodySize,
  formatEnvelope,
  formatHex,
  governanceOrigin,
  keyAt,
  saltBytes,
  seenSize,
} from '@parley/record'
import type { BodyReference, Crypto, Seen } from '@parley/record'
import type { SealedBody } from '@parley/record/core'
import { parseRecipient, seal } from '@parley/record/node'
import type { Recipient } from '@parley/record/node'
import { formatBodyContent } from '@parley/mechanism'
import type { BodyContent } from '@parley/mechanism'
import type { Registry } from '../log/registry.ts'

/** The age recipients (`age1…`) of a channel, each once. */
export function listRecipients(registry: Registry, channel: string): string[] {
  const authorities = registry.channel(channel).parties.map((party) => registry.key(party, 'sealing'))
  return [...new Set([...authorities, registry.key(registry.self, 'archive')])]
}

/** Whom a body was sealed to when its author had seen so much of each governance log (SECURITY-RULES T-21). */
export function listRecipientsSeen(registry: Registry, channel: string, seen: readonly Seen[]): string[] {
  const keyOf = (party: string, role: 'sealing' | 'archive'): string => {
    const state = registry.governance(party)
    const size = seenSize(seen, governanceOrigin(state.prefix))
    return keyAt(state, role, size === 0 ? state.size : size)
  }
  const authorities = registry.channel(channel).parties.map((party) => keyOf(party, 'sealing'))
  return [...new Set([...authorities, keyOf(registry.self, 'archive')])]
}

/** Recipients by their spelling: a registry has as many as keys were ever in force. */
const parsedRecipients = new Map<string, Recipient>()

function recipientOf(text: string): Recipient {
  const known = parsedRecipients.get(text) ?? parseRecipient(text)
  parsedRecipients.set(text, known)
  return known
}

/**
 * Seals the content for a channel.
 *
 * @throws MechanismError `body-content.*`, RecordError `body.limit`.
 */
export function sealBody(
  crypto: Crypto,
  registry: Registry,
  channel: string,
  content: BodyContent,
): { readonly reference: BodyReference; readonly sealed: SealedBody } {
  const plaintext = formatBodyContent(content)
  const salt = new Uint8Array(randomBytes(saltBytes))
  const size = bodySize(plaintext.length)
  const bytes = seal(formatEnvelope(salt, plaintext, size), listRecipients(registry, channel).map(recipientOf))
  const digest = formatHex(crypto.sha256(bytes))
  const commitment = bodyCommitment(crypto, salt, plaintext)
  return { reference: { ciphertext: digest, commitment, size }, sealed: { digest, bytes } }
}
