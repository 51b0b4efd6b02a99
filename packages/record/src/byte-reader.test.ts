import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { concatBytes } from './bytes.ts'

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 })

test('[BR1] bytes come out in the order and number in which they went in, whatever the pieces and the reads', async () => {
  await fc.assert(
    fc.asyncProperty(
      pieces,
      fc.array(fc.nat({ max: 50 }), { maxLength: 30 }),
      fc.boolean(),
      async (given, reads, later) => {
        async function* source(): AsyncGenerator<Uint8Array> {
          yield* given
        }
        const reader = new ByteReader(later ? source() : given)
        const taken: Uint8Array[] = []
        for (const wanted of reads) {
          const filled = await reader.fill(wanted)
          expect(filled).toBe(reader.buffered >= wanted)
          expect(reader.peek().length).toBe(reader.buffered)
          taken.push(reader.take(filled ? wanted : reader.buffered))
        }
        await reader.fill(Infinity)
        taken.push(reader.take(reader.buffered))
        expect(concatBytes(...taken)).toEqual(concatBytes(...given))
      },
    ),
  )
})

test('[BR2] no more than one piece is read beyond what was asked for', async () => {
  let given = 0
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      given++
      yield new Uint8Array(10)
    }
  }
  const reader = new ByteReader(endless())
  await reader.fill(25)
  expect(given).toBe(3)
  reader.take(25)
  await reader.fill(5)
  expect(given).toBe(3)
})

test('[BR3] a reader that is closed early lets its source go, and an ended one has nothing to let go', async () => {
  let closed = 0
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield new Uint8Array(1)
      yield new Uint8Array(1)
    } finally {
      closed++
    }
  }
  const early = new ByteReader(source())
  await early.fill(1)
  await early.close()
  await early.close()
  expect(closed).toBe(1)
  expect(await early.fill(2)).toBe(false)
  const whole = new ByteReader(source())
  await whole.fill(3)
  expect(closed).toBe(2)
  await whole.close()
  expect(closed).toBe(2)
})

test('[BR3] to take what is not held is a fault of the caller', () => {
  expect(() => new ByteReader([new Uint8Array(3)]).take(1)).toThrow(RangeError)
})
