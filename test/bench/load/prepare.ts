// Entries that a case system of the party would prepare away from the node: a body sealed to all who may read it, and one
// official's approval. Everything is made before the clock runs.

import { randomBytes } from 'node:crypto'
import {
  approvalMessage,
  bodyCommitment,
  bodySize,
  entryDigest,
  formatBase64,
  formatEntry,
  formatEnvelope,
  formatHex,
  officialId,
  saltBytes,
  withApprovals,
} from '@parley/record'
import type { Draft, Signer } from '@parley/record'
import { nodeCrypto, parseRecipient, seal } from '@parley/record/node'
import type { Recipient } from '@parley/record/node'
import type { Operations, Answer } from '@parley/api'
import { formatBodyContent } from '@parley/mechanism'
import type { BodyContent } from '@parley/mechanism'

export const bodyContent: BodyContent = {
  v: 1,
  texts: [
    {
      language: 'en',
      role: 'original',
      text: 'Fraudulent payment pages were served from 198.51.100.7 between 12 and 19 October.\n\nPlease tell us who operated the server, and keep its logs until a formal request reaches you.',
    },
  ],
}

/** The coded part of a request, as a party opens it. */
export const requestData = {
  kind: 'subscriber-data',
  urgency: 'ordinary',
  offences: ['computer-fraud', 'phishing'],
  languages: ['en', 'zh-Hans'],
  handling: 'amber',
} as const

export interface PreparedEntry {
  readonly entry: Uint8Array
  readonly sealed: Uint8Array
}

/** Prepares `request.opened` entries one by one. `seen` is what the node says an entry must have seen. */
export class EntryPreparer {
  readonly #signer: Signer
  readonly #official: string
  readonly #view: Answer<Operations['viewSeen']>
  readonly #recipients: readonly Recipient[]

  constructor(signer: Signer, view: Answer<Operations['viewSeen']>) {
    this.#signer = signer
    this.#official = officialId(nodeCrypto, 'ed25519', signer.publicKey)
    this.#view = view
    this.#recipients = view.recipients.map(({ key }) => parseRecipient(key))
  }

  async prepare(to: string): Promise<PreparedEntry> {
    const plaintext = formatBodyContent(bodyContent)
    const salt = new Uint8Array(randomBytes(saltBytes))
    const size = bodySize(plaintext.length)
    const sealed = seal(formatEnvelope(salt, plaintext, size), this.#recipients)
    const draft: Draft = {
      v: 1,
      channel: this.#view.channel,
      from: this.#view.from,
      type: 'request.opened',
      at: Date.now(),
      seen: this.#view.seen,
      data: { to, ...requestData },
      body: {
        ciphertext: formatHex(nodeCrypto.sha256(sealed)),
        commitment: bodyCommitment(nodeCrypto, salt, plaintext),
        size,
      },
    }
    const signature = await this.#signer.sign(approvalMessage(entryDigest(nodeCrypto, draft)))
    const approval = { official: this.#official, signature: formatBase64(signature) }
    return { entry: formatEntry(withApprovals(draft, [approval])), sealed }
  }
}
