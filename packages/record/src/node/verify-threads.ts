// Verifies Ed25519 signatures on other threads. A few go one by one to the pool that the runtime has anyway; once many wait,
// threads of our own are started, because handing over one signature at a time costs a third of verifying it.

import { verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { isRefusedBeforehand } from '../low-order.ts'
import { ed25519SpkiPrefix, importKey } from './ed25519.ts'
import { isPackable, packQuestions } from './verify-message.ts'
import type { Question } from './verify-message.ts'

/** So many that wait at once start the threads. */
const waitingToStart = 16
const batchMax = 64
/** Batches on their way to one thread: it must not stand idle while this thread has something else to do. */
const batchesAheadMax = 2

interface Waiting extends Question {
  resolve(this: void, verified: boolean): void
}

/** A thread and the batches it has been given, in their order. */
interface Thread {
  readonly worker: Worker
  readonly batches: Waiting[][]
}

const waiting: Waiting[] = []
let threads: Thread[] = []
let isScheduled = false
/** Threads ended by themselves: from then on everything goes the slow way. */
let isBroken = false

/** Resolves to false for whatever is no signature of this message under this key. The bytes must stay as they are until then. */
export function verifyElsewhere(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const question = { publicKey, message, signature, resolve }
    if (!isPackable(question)) return resolve(false)
    waiting.push(question)
    if (isScheduled) return
    isScheduled = true
    // Whatever else is asked in the same turn of the event loop goes along: requests that came together are told apart by
    // their microtasks already. With nothing else to do the turn ends at once.
    setImmediate(() => {
      isScheduled = false
      handOut()
    })
  })
}

function handOut(): void {
  if (threads.length === 0 && waiting.length >= waitingToStart && !isBroken) startThreads()
  if (threads.length === 0) {
    for (const question of waiting.splice(0)) askPool(question)
    return
  }
  for (let ahead = 0; ahead < batchesAheadMax; ahead++) {
    const free = threads.filter(({ batches }) => batches.length <= ahead)
    for (const [i, thread] of free.entries()) {
      const share = Math.min(batchMax, Math.ceil(waiting.length / (free.length - i)))
      if (share > 0) give(thread, waiting.splice(0, share))
    }
  }
}

function give({ batches, worker }: Thread, batch: Waiting[]): void {
  // A process that has nothing else to do may end, but not while somebody waits for an answer.
  worker.ref()
  batches.push(batch)
  const packed = packQuestions(batch)
  worker.postMessage(packed, [packed.keys.buffer, packed.signatures.buffer, packed.messages.buffer])
}

function startThreads(): void {
  threads = Array.from({ length: availableParallelism() }, () => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url))
    const thread: Thread = { worker, batches: [] }
    worker.on('message', (answers: Uint8Array) => {
      const batch = thread.batches.shift() ?? []
      if (thread.batches.length === 0) worker.unref()
      // First what is to be done next, then what follows from what was done.
      handOut()
      batch.forEach(({ resolve }, i) => resolve(answers[i] === 1))
    })
    worker.on('error', giveUp)
    worker.on('exit', giveUp)
    return thread
  })
}

function giveUp(): void {
  if (isBroken) return
  isBroken = true
  const over = threads
  threads = []
  for (const { batches, worker } of over) {
    waiting.push(...batches.flat())
    void worker.terminate()
  }
  handOut()
}

function askPool({ message, publicKey, resolve, signature }: Waiting): void {
  if (isRefusedBeforehand(publicKey, signature)) return resolve(false)
  const key = importKey(ed25519SpkiPrefix, publicKey)
  if (key === undefined) return resolve(false)
  // An error here means that the signature could not even be decoded, and that is a refusal like any other.
  verify(null, message, key, signature, (error, verified) => resolve(error === null && verified))
}
