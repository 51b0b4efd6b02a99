// Bytes that arrive in pieces of any size, read in the sizes a format asks for. It holds no more than it was asked to
// hold and one piece: a declared length alone never allocates anything. It knows no format.

import { concatBytes } from './bytes.ts'

/** Pieces of bytes: an array, a web stream of bytes, a Node stream, or any generator. Empty pieces mean nothing. */
export type ByteSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Reads a source once, from the front. Whoever stops early calls `close`, so that the source can let go of what it holds. */
export class ByteReader {
  readonly #iterator: Iterator<Uint8Array> | AsyncIterator<Uint8Array>
  #pieces: Uint8Array[] = []
  #buffered = 0
  #ended = false

  constructor(source: ByteSource) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  }

  /** How many bytes are held and not yet taken. */
  get buffered(): number {
    return this.#buffered
  }

  /** Reads until `bytes` are held or the source has ended; then says which of the two. */
  async fill(bytes: number): Promise<boolean> {
    while (this.#buffered < bytes && !this.#ended) {
      const step = await this.#iterator.next()
      if (step.done === true) this.#ended = true
      else if (step.value.length > 0) {
        this.#pieces.push(step.value)
        this.#buffered += step.value.length
      }
    }
    return this.#buffered >= bytes
  }

  /** All that is held, without taking it. */
  peek(): Uint8Array {
    if (this.#pieces.length !== 1) this.#pieces = [concatBytes(...this.#pieces)]
    return this.#pieces[0]!
  }

  /** Takes exactly `bytes` from the front. The caller must have filled that many. May share memory with the source's pieces. */
  take(bytes: number): Uint8Array {
    if (bytes > this.#buffered) throw new RangeError('more bytes are taken than are held')
    if (bytes === 0) return new Uint8Array()
    const taken: Uint8Array[] = []
    let missing = bytes
    let used = 0
    while (missing > 0) {
      const piece = this.#pieces[used]!
      if (piece.length > missing) {
        taken.push(piece.subarray(0, missing))
        this.#pieces[used] = piece.subarray(missing)
        missing = 0
      } else {
        taken.push(piece)
        missing -= piece.length
        used++
      }
    }
    this.#pieces.splice(0, used)
    this.#buffered -= bytes
    return taken.length === 1 ? taken[0]! : concatBytes(...taken)
  }

  /** Tells the source that nothing more will be read. */
  async close(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#iterator.return?.()
  }
}
