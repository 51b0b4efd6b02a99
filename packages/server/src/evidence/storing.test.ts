import { expect, test } from 'vitest'
import { storing, writeAll } from './storing.ts'

test('[EF8] a full disk is a refusal of its own, and any other fault stays what it is', async () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))
  await expect(storing(failing('ENOSPC'))).rejects.toMatchObject({ code: 'evidence.storage', detail: 'ENOSPC' })
  await expect(storing(failing('EACCES'))).rejects.toMatchObject({ code: 'EACCES' })
  expect(await storing(() => Promise.resolve(7))).toBe(7)
})

test('[EF8] a write that is taken in parts is made whole, and one that is not taken at all is a full disk', async () => {
  const written = Buffer.alloc(10)
  const write = (bytes: Uint8Array, at: number, length: number, position: number) => {
    const bytesWritten = Math.min(3, length)
    written.set(bytes.subarray(at, at + bytesWritten), position)
    return Promise.resolve({ bytesWritten, buffer: bytes })
  }
  await writeAll({ write: write as never }, Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), 2)
  expect([...written]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
  const nothing = () => Promise.resolve({ bytesWritten: 0 })
  await expect(writeAll({ write: nothing as never }, Uint8Array.of(1), 0)).rejects.toMatchObject({
    code: 'evidence.storage',
  })
})
