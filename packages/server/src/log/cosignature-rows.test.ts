import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeCosignatureRow, parseCosignatureRow, roleOf } from './cosignature-rows.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const hex = fc.stringMatching(/^[0-9a-f]{8}$/)

test('[LG2] a cosignature comes back from its row as it was in its note', () => {
  fc.assert(
    fc.property(hex, bytes(72), fc.constantFrom('mirror', 'witness'), (id, signature, role) => {
      const line = { name: `us.parley.example/${role}`, id, signature }
      const head = { size: 7, root: new Uint8Array(32) }
      const row = composeCosignatureRow(3, head, 1_700_000_000, line)
      expect(row).toMatchObject({ log: 3, cosigner: line.name, role, size: 7, time: 1_700_000_000 })
      expect(parseCosignatureRow(row)).toEqual(line)
    }),
  )
})

test('[LG2] what a cosignature says is in the name of its key', () => {
  expect(roleOf('us.parley.example/mirror')).toBe('mirror')
  expect(roleOf('us.parley.example/witness')).toBe('witness')
  expect(roleOf('neutral.example')).toBe('witness')
})
