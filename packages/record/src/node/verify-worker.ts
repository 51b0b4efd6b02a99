// A thread that verifies batches of Ed25519 signatures for `verify-threads.ts`. It ends with the thread that started it.

import { parentPort } from 'node:worker_threads'
import { verifyHere } from './ed25519.ts'
import { unpackQuestions } from './verify-message.ts'
import type { PackedQuestions } from './verify-message.ts'

const port = parentPort!
port.on('message', (packed: PackedQuestions) => {
  const answers = Uint8Array.from(unpackQuestions(packed), ({ message, publicKey, signature }) =>
    verifyHere(publicKey, message, signature) ? 1 : 0,
  )
  port.postMessage(answers, [answers.buffer])
})
