// A real OpenID provider as a process of its own, as a party's organisation runs one.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = join(import.meta.dirname, '..', '..', '..', 'packages', 'server', 'test-support', 'openid-provider.ts')

export interface OpenidProcess {
  readonly issuer: string
  stop(): Promise<void>
}

/** @param redirect where people are sent back to */
export async function startOpenidProcess(redirect: string): Promise<OpenidProcess> {
  const child = spawn(process.execPath, [program, redirect], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const issuer = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('http://')) resolve(line)
    })
    void ended.then(() => reject(new Error('the provider ended before it said where it is')))
  })
  return {
    issuer,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
