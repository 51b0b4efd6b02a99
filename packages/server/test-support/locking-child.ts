// A process that raises the lock of two logs in the folder it is told, and says the size after each, until it is killed or
// the disk fails; then it says the code of the failure twice and ends.

import type { DatabaseError } from '../src/db/error.ts'
import { openLockCheckpoints } from '../src/db/lock-checkpoint.ts'
import { digestOf } from './stored-rows.ts'

const lock = await openLockCheckpoints(process.argv[2] ?? '')
const headAt = (size: number) => ({ size, root: digestOf(`${size}`) })

function raise(origin: string): Promise<void> {
  const expected = lock.read(origin) ?? headAt(0)
  return lock.compareAndSwap([{ origin, expected, next: headAt(expected.size + 1) }])
}

try {
  for (;;) {
    await Promise.all([raise('a'), raise('b')])
    process.stdout.write(`${lock.read('a')!.size}\n`)
  }
} catch (error) {
  process.stdout.write(`${(error as DatabaseError).code}\n`)
  await raise('a').catch((again: DatabaseError) => process.stdout.write(`${again.code}\n`))
  process.exitCode = 1
}
