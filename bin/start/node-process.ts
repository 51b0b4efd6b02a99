// A node as a process of its own. It ends when it is told to, or when this process is gone.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface NodeProcess {
  /** The number by which the system knows it. */
  readonly id: number
  readonly origin: string
  readonly newToken: string | null
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** What the runtime has made of our sources, so that no process need make it again: half of a start and 45 MB of memory. */
const compileCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile')
const runNode = join(import.meta.dirname, '..', 'run-node.ts')

/** Starts the node of a home; resolves when it listens. `script` is another one than usual that runs it. */
export async function startProcess(
  home: string,
  consoleFolder: string | undefined,
  script: string = runNode,
): Promise<NodeProcess> {
  const args = consoleFolder === undefined ? [script, home] : [script, home, consoleFolder]
  const env = { NODE_COMPILE_CACHE: compileCache, ...process.env }
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    void ended.then(() => reject(new Error(`the node of ${home} ended before it listened`)))
  })
  const { origin, newToken } = JSON.parse(await first) as { origin: string; newToken: string | null }
  return {
    id: child.pid ?? 0,
    origin,
    newToken,
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
