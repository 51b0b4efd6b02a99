// Sets a document as PDF on a thread of its own, in bounded time and memory.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ServerError } from '../error.ts'

const millisecondsMax = 60_000
const heapMegabytesMax = 1024
/** Documents that are set at one time; more wait for their turn. */
const atOnceMax = 1

let running = 0
const waiting: (() => void)[] = []

/**
 * The bytes of the PDF: tagged, fonts embedded. The same data gives the same bytes.
 *
 * @param template the name of a template beside this file
 * @throws ServerError `document.not-set`
 */
export async function typeset(template: 'case-file.typ', document: unknown): Promise<Uint8Array> {
  if (running >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await setAlone(template, JSON.stringify(document))
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

async function setAlone(template: string, data: string): Promise<Uint8Array> {
  const worker = new Worker(new URL('./typeset-worker.ts', import.meta.url), {
    workerData: { template, data },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  try {
    const signal = AbortSignal.timeout(millisecondsMax)
    const [pdf] = (await once(worker, 'message', { signal })) as [Uint8Array]
    return pdf
  } catch (cause) {
    throw new ServerError('document.not-set', 'the document could not be set', { cause })
  } finally {
    await worker.terminate()
  }
}
