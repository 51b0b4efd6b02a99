// Numbers and byte strings of binary frames, big-endian, written to a buffer of a known size and read back strictly. It
// knows no frame, and hands out parts of what it reads without copying them.

import { RecordError, type RecordErrorCode } from './error.ts'

const highWord = 2 ** 32

/** Writes fields one after another into a buffer of exactly the right size. */
export class FrameWriter {
  readonly bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(length: number) {
    this.bytes = new Uint8Array(length)
    this.#view = new DataView(this.bytes.buffer)
  }

  /** An unsigned number in `width` bytes. */
  number(width: 1 | 2 | 4 | 8, value: number): void {
    if (width === 1) this.#view.setUint8(this.#at, value)
    else if (width === 2) this.#view.setUint16(this.#at, value)
    else if (width === 4) this.#view.setUint32(this.#at, value)
    else this.#view.setBigUint64(this.#at, BigInt(value))
    this.#at += width
  }

  append(part: Uint8Array): void {
    this.bytes.set(part, this.#at)
    this.#at += part.length
  }

  /** A part behind its length. */
  prefixed(width: 2 | 4, part: Uint8Array): void {
    this.number(width, part.length)
    this.append(part)
  }
}

/** Reads fields one after another. Every refusal carries one of the two codes of its frame. */
export class FrameReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #codes: { readonly malformed: RecordErrorCode; readonly limit: RecordErrorCode }
  #at = 0

  constructor(bytes: Uint8Array, codes: { readonly malformed: RecordErrorCode; readonly limit: RecordErrorCode }) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#codes = codes
  }

  refuse(problem: string): never {
    throw new RecordError(this.#codes.malformed, problem)
  }

  /** Exactly `length` bytes, which share memory with the frame. */
  take(length: number, what: string): Uint8Array {
    if (length > this.#bytes.length - this.#at) this.refuse(`the frame ends within ${what}`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** An unsigned number in `width` bytes, at most `max`. */
  number(width: 1 | 2 | 4 | 8, what: string, max: number): number {
    const at = this.#at
    this.take(width, what)
    let value: number
    if (width === 1) value = this.#view.getUint8(at)
    else if (width === 2) value = this.#view.getUint16(at)
    else if (width === 4) value = this.#view.getUint32(at)
    else value = this.#view.getUint32(at) * highWord + this.#view.getUint32(at + 4)
    if (value > max) throw new RecordError(this.#codes.limit, `${what} is above ${max}`)
    return value
  }

  /** A part behind its length, which is at most `lengthMax`. */
  prefixed(width: 2 | 4, what: string, lengthMax: number): Uint8Array {
    return this.take(this.number(width, `the length of ${what}`, lengthMax), what)
  }

  /** Refuses a frame that goes on. */
  end(): void {
    if (this.#at !== this.#bytes.length) this.refuse('something stands after the frame')
  }
}
