import { formatUtf8 } from '@parley/record'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileKinds, recogniseFile } from './recognise.ts'

test.each([
  ['c2sp.org/tlog-proof@v1\nindex 0\n', 'proof'],
  ['parley/bundle/v1\n\0\0\0\0', 'bundle'],
  ['parley/fork/v1\n', 'fork'],
  [`us.parley.example/governance\n3\n${'A'.repeat(43)}=\n\n— x y\n`, 'checkpoint'],
  [`{"channel":"${'a'.repeat(32)}","custody":[]}`, 'custody'],
  ['{"custody":[]}', undefined],
  ['parley/bundle/v2\n', undefined],
  ['parley/bundle/v1', undefined],
  [`us.parley.example/governance\n03\n${'A'.repeat(43)}=\n`, undefined],
  ['', undefined],
])('%j is %s', (text, kind) => expect(recogniseFile(formatUtf8(text))).toBe(kind))

test('any bytes are one of the kinds or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect([undefined, ...fileKinds]).toContain(recogniseFile(bytes))
    }),
  )
})
