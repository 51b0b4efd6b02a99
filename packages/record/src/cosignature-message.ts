// What a cosignature of c2sp.org/tlog-cosignature (version 1, Ed25519) signs, and the bytes that it is: a time in seconds
// since the epoch, then the signature over that time and the text of the checkpoint.

import { concatBytes, formatUtf8 } from './bytes.ts'
import { RecordError } from './error.ts'

const timeBytes = 8
const signatureBytes = 64

/**
 * The message that is signed. The text is that of the checkpoint with its last line feed.
 *
 * @throws RecordError `cosignature.time` unless the time is a whole number of seconds from 1 to 2^53 − 1.
 */
export function cosignatureMessage(time: number, text: string): Uint8Array {
  checkCosignatureTime(time)
  return formatUtf8(`cosignature/v1\ntime ${time}\n${text}`)
}

/** @throws RecordError `cosignature.time` as {@link cosignatureMessage}. */
export function formatTimedSignature(time: number, signature: Uint8Array): Uint8Array {
  checkCosignatureTime(time)
  const bytes = new Uint8Array(timeBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  return concatBytes(bytes, signature)
}

/**
 * Takes the bytes of a cosignature apart.
 *
 * @throws RecordError `cosignature.malformed` unless there are 72.
 * @throws RecordError `cosignature.time` as {@link cosignatureMessage}.
 */
export function parseTimedSignature(bytes: Uint8Array): { time: number; signature: Uint8Array } {
  if (bytes.length !== timeBytes + signatureBytes) {
    throw new RecordError('cosignature.malformed', 'a cosignature is a time of 8 bytes and a signature of 64')
  }
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  checkCosignatureTime(time)
  return { time, signature: bytes.subarray(timeBytes) }
}

function checkCosignatureTime(time: number): void {
  if (!Number.isSafeInteger(time) || time < 1) {
    throw new RecordError('cosignature.time', 'the time of a cosignature is whole seconds from 1 to 2^53 − 1')
  }
}
