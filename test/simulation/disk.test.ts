import type { Batch } from '@parley/record/core'
import { expect, test } from 'vitest'
import { Disk, type Change } from './disk.ts'
import { Random } from './random.ts'

const batch: Batch = {
  extensions: [],
  bodies: [],
  missing: [],
  receipts: [],
  cosignedUntil: 0,
  settles: [],
  refusals: [],
}
const change = (cosignedUntil: number): Change => ({ kind: 'batch', batch: { ...batch, cosignedUntil } })
const head = (size: number) => ({ size, root: new Uint8Array(32) })

test('a crash keeps all that was synced, and a beginning of the rest', () => {
  const kept = new Set<number>()
  for (let seed = 0; seed < 200; seed++) {
    const disk = new Disk(new Random(seed))
    disk.write(change(1))
    disk.sync()
    disk.write(change(2))
    disk.write(change(3))
    disk.crash()
    const changes = disk.changes()
    expect(changes).toEqual([change(1), change(2), change(3)].slice(0, changes.length))
    expect(changes.length).toBeGreaterThanOrEqual(1)
    kept.add(changes.length)
  }
  expect(kept).toEqual(new Set([1, 2, 3]))
})

test('a crash leaves the old lock or the new one', () => {
  const sizes = new Set<number>()
  for (let seed = 0; seed < 50; seed++) {
    const disk = new Disk(new Random(seed))
    disk.writeLock('log', head(1))
    disk.syncLock('log')
    disk.writeLock('log', head(2))
    disk.crash()
    sizes.add(disk.lockOf('log')!.size)
  }
  expect(sizes).toEqual(new Set([1, 2]))
})

test('a restored backup takes the lock with it only when asked to', () => {
  const disk = new Disk(new Random(1))
  disk.write(change(1))
  disk.sync()
  disk.writeLock('log', head(1))
  disk.syncLock('log')
  const snapshot = disk.snapshot()
  disk.write(change(2))
  disk.sync()
  disk.writeLock('log', head(2))
  disk.syncLock('log')
  disk.restore(snapshot, false)
  expect(disk.changes()).toEqual([change(1)])
  expect(disk.lockOf('log')?.size).toBe(2)
  disk.restore(snapshot, true)
  expect(disk.lockOf('log')?.size).toBe(1)
})
