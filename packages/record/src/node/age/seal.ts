// Sealing to X25519 recipients (age v1), whole or as a stream. Whoever seals must see to it that the recipients are the
// right ones: age authenticates no sender, the entry that commits to the sealed bytes does.

import { randomBytes } from 'node:crypto'
import { ByteReader } from '../../byte-reader.ts'
import type { ByteSource } from '../../byte-reader.ts'
import { concatBytes } from '../../bytes.ts'
import { RecordError } from '../../error.ts'
import { fileKeyBytes, formatHeader, stanzasMax } from './header.ts'
import { payloadChunkBytes, nonceBytes, payloadKeyOf, sealChunk, sealPayload } from './payload.ts'
import { wrapFileKey } from './x25519.ts'
import type { Random, Recipient } from './x25519.ts'

interface Beginning {
  readonly header: Uint8Array
  readonly nonce: Uint8Array
  readonly payloadKey: Uint8Array
}

/** What a new file begins with, and the key that its chunks are sealed by. @throws RecordError `age.key` */
export function begin(recipients: readonly Recipient[], random: Random): Beginning {
  if (recipients.length === 0) throw new RecordError('age.key', 'nothing can be sealed to nobody')
  if (recipients.length > stanzasMax) throw new RecordError('age.key', `a file has at most ${stanzasMax} recipients`)
  const fileKey = random(fileKeyBytes)
  const stanzas = recipients.map((recipient) => wrapFileKey(fileKey, recipient, random))
  const header = formatHeader(stanzas, fileKey)
  const nonce = random(nonceBytes)
  return { header, nonce, payloadKey: payloadKeyOf(fileKey, nonce) }
}

/**
 * Seals a plaintext to all recipients. The order of the recipients shows in the result; their keys do not.
 *
 * @throws RecordError `age.key` for no recipient, too many of them, or one that is a point of low order.
 */
export function seal(
  plaintext: Uint8Array,
  recipients: readonly Recipient[],
  random: Random = randomBytes,
): Uint8Array {
  const { header, nonce, payloadKey } = begin(recipients, random)
  return concatBytes(header, nonce, ...sealPayload(payloadKey, plaintext))
}

/**
 * Seals a stream, 64 KiB at a time: the pieces it gives, joined, are the sealed file.
 *
 * @throws RecordError as `seal`; what the source throws passes through, and then there is no whole file.
 */
export async function* sealStream(
  source: ByteSource,
  recipients: readonly Recipient[],
  random: Random = randomBytes,
): AsyncGenerator<Uint8Array, void, void> {
  const { header, nonce, payloadKey } = begin(recipients, random)
  const reader = new ByteReader(source)
  try {
    yield concatBytes(header, nonce)
    for (let index = 0; ; index++) {
      // One byte more than a chunk tells whether this chunk is the last.
      const last = !(await reader.fill(payloadChunkBytes + 1))
      yield sealChunk(payloadKey, index, last, reader.take(last ? reader.buffered : payloadChunkBytes))
      if (last) return
    }
  } finally {
    await reader.close()
  }
}
