// The load generator seen from the benchmarks: one call at a time to a process of its own.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { LoadCalls } from './load/calls.ts'

export interface LoadProcess extends LoadCalls {
  stop(): Promise<void>
}

export function startLoad(): LoadProcess {
  const child = fork(join(import.meta.dirname, 'load', 'load.ts'), { serialization: 'advanced' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const ask =
    (call: keyof LoadCalls) =>
    (order: unknown): Promise<never> =>
      new Promise((resolve, reject) => {
        const exited = (): void => reject(new Error('the load generator ended'))
        child.once('exit', exited)
        child.once('message', (answer: { result: never } | { error: string }) => {
          child.off('exit', exited)
          if ('error' in answer) reject(new Error(answer.error))
          else resolve(answer.result)
        })
        child.send({ call, order })
      })

  return {
    prepare: ask('prepare'),
    send: ask('send'),
    follow: ask('follow'),
    read: ask('read'),
    cases: ask('cases'),
    post: ask('post'),
    async stop() {
      child.disconnect()
      await ended
    },
  }
}
