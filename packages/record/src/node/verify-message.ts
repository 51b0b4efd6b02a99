// What the thread that asks and the threads that verify say to each other: many questions in three buffers that are handed
// over, and one byte for each answer.

import { hashBytes } from '../merkle.ts'

const keyBytes = hashBytes
const signatureBytes = 64

export interface Question {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
}

export interface PackedQuestions {
  readonly keys: Uint8Array<ArrayBuffer>
  readonly signatures: Uint8Array<ArrayBuffer>
  readonly messages: Uint8Array<ArrayBuffer>
  /** Where each message ends in `messages`. */
  readonly ends: readonly number[]
}

/** True for what can be packed; what has another length verifies under no key. */
export function isPackable({ publicKey, signature }: Question): boolean {
  return publicKey.length === keyBytes && signature.length === signatureBytes
}

/** Every question must be packable. */
export function packQuestions(questions: readonly Question[]): PackedQuestions {
  const ends: number[] = []
  let length = 0
  for (const { message } of questions) ends.push((length += message.length))
  const packed = {
    keys: new Uint8Array(questions.length * keyBytes),
    signatures: new Uint8Array(questions.length * signatureBytes),
    messages: new Uint8Array(length),
    ends,
  }
  questions.forEach(({ message, publicKey, signature }, i) => {
    packed.keys.set(publicKey, i * keyBytes)
    packed.signatures.set(signature, i * signatureBytes)
    packed.messages.set(message, ends[i]! - message.length)
  })
  return packed
}

/** The questions as views of the buffers. */
export function unpackQuestions({ ends, keys, messages, signatures }: PackedQuestions): Question[] {
  return ends.map((end, i) => ({
    publicKey: keys.subarray(i * keyBytes, (i + 1) * keyBytes),
    message: messages.subarray(ends[i - 1] ?? 0, end),
    signature: signatures.subarray(i * signatureBytes, (i + 1) * signatureBytes),
  }))
}
