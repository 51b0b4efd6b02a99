// Starts the floor server and waits until it listens.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Floor {
  readonly origin: string
  stop(): Promise<void>
}

/** `folder` is on the disk that the nodes use. */
export async function startFloor(folder: string): Promise<Floor> {
  const script = join(import.meta.dirname, 'floor-server.ts')
  const child = spawn(process.execPath, [script, join(folder, 'floor')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { origin } = JSON.parse(line) as { origin: string }
  return {
    origin,
    async stop() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
