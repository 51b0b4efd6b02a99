// Opening what was sealed to X25519 recipients (age v1), whole or as a stream.

import { ByteReader } from '../../byte-reader.ts'
import type { ByteSource } from '../../byte-reader.ts'
import { RecordError } from '../../error.ts'
import { fileKeyBytes, ageHeaderBytesMax, headerEnd, parseHeader, verifyHeader } from './header.ts'
import { payloadChunkBytes, nonceBytes, openChunk, openPayload, payloadKeyOf, tagBytes } from './payload.ts'
import { unwrapFileKey } from './x25519.ts'
import type { Identity } from './x25519.ts'

const sealedChunkBytes = payloadChunkBytes + tagBytes
const firstReadBytes = 4096

function splitHeader(sealed: Uint8Array): { header: Uint8Array; rest: Uint8Array } {
  const end = headerEnd(sealed)
  if (end === undefined) throw new RecordError('age.malformed', 'the age header does not end')
  return { header: sealed.subarray(0, end), rest: sealed.subarray(end) }
}

/** @throws RecordError `age.malformed`, `age.no-identity`, `age.header`. */
export function fileKeyOf(headerBytes: Uint8Array, identities: readonly Identity[]): Uint8Array {
  const header = parseHeader(headerBytes)
  const fileKey = unwrapFileKey(header.stanzas, identities)
  verifyHeader(header, fileKey)
  return fileKey
}

function openRest(rest: Uint8Array, fileKey: Uint8Array): Uint8Array {
  if (rest.length < nonceBytes) throw new RecordError('age.malformed', 'the nonce of the payload is cut off')
  return openPayload(payloadKeyOf(fileKey, rest.subarray(0, nonceBytes)), rest.subarray(nonceBytes))
}

/**
 * Opens a sealed file with the first of the identities that fits, and gives all of its plaintext or none.
 *
 * @throws RecordError `age.malformed` for a header that is none, `age.no-identity` when it was sealed to others,
 * `age.header` when the header and `age.payload` when the payload is not what was sealed.
 */
export function open(sealed: Uint8Array, identities: readonly Identity[]): Uint8Array {
  const { header, rest } = splitHeader(sealed)
  return openRest(rest, fileKeyOf(header, identities))
}

/**
 * The file key (16 bytes) of a sealed file. Published, it shows everybody what is in this one file, and nothing else:
 * so a receiver proves that it was sent something other than the entry commits to, and keeps its own key.
 *
 * @throws RecordError as `open` for the header; the payload is not looked at.
 */
export function openFileKey(sealed: Uint8Array, identities: readonly Identity[]): Uint8Array {
  return fileKeyOf(splitHeader(sealed).header, identities)
}

/**
 * Opens a sealed file with its file key, as an arbiter does.
 *
 * @throws RecordError `age.key`, `age.malformed`, `age.header` when this is another file's key, `age.payload`.
 */
export function openWithFileKey(sealed: Uint8Array, fileKey: Uint8Array): Uint8Array {
  if (fileKey.length !== fileKeyBytes) throw new RecordError('age.key', 'a file key has 16 bytes')
  const { header, rest } = splitHeader(sealed)
  verifyHeader(parseHeader(header), fileKey)
  return openRest(rest, fileKey)
}

/** Reads no further than the header, or a power of two beyond it. */
async function takeHeader(reader: ByteReader): Promise<Uint8Array> {
  for (let wanted = firstReadBytes; ; wanted *= 2) {
    const more = await reader.fill(Math.min(wanted, ageHeaderBytesMax))
    const end = headerEnd(reader.peek())
    if (end !== undefined) return reader.take(end)
    if (!more) throw new RecordError('age.malformed', 'the age header does not end')
  }
}

/**
 * Opens a stream, 64 KiB of plaintext at a time. Each piece is what was sealed at that place, but only the end of the
 * generator says that there is no more: whoever keeps pieces must be able to throw them away again.
 *
 * @throws RecordError as `open`, when the fault is reached.
 */
export async function* openStream(
  source: ByteSource,
  identities: readonly Identity[],
): AsyncGenerator<Uint8Array, void, void> {
  const reader = new ByteReader(source)
  try {
    const fileKey = fileKeyOf(await takeHeader(reader), identities)
    if (!(await reader.fill(nonceBytes))) throw new RecordError('age.malformed', 'the nonce of the payload is cut off')
    const payloadKey = payloadKeyOf(fileKey, reader.take(nonceBytes))
    for (let index = 0; ; index++) {
      const last = !(await reader.fill(sealedChunkBytes + 1))
      const sealed = reader.take(last ? reader.buffered : sealedChunkBytes)
      let plaintext: Uint8Array
      let fault: unknown
      try {
        plaintext = openChunk(payloadKey, index, last, sealed)
      } catch (error) {
        if (sealed.length < sealedChunkBytes) throw error
        // A chunk in its place whose mark alone is wrong: the end was cut off, or something was added after it. What was
        // sealed here is still handed out, as the age vectors ask; the refusal follows.
        plaintext = openChunk(payloadKey, index, !last, sealed)
        fault = error
      }
      yield plaintext
      if (fault !== undefined) throw fault
      if (last) return
    }
  } finally {
    await reader.close()
  }
}
