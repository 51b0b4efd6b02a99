import { expect, test } from 'vitest'
import { formatKeys } from './shortcuts.tsx'

test.each([
  [{ key: 'j' }, 'j'],
  [{ key: 'J' }, 'j'],
  [{ key: '?' }, '?'],
  [{ key: 'Enter' }, 'enter'],
  [{ key: 'k', ctrlKey: true }, 'mod+k'],
  [{ key: 'K', metaKey: true }, 'mod+k'],
  [{ key: 'Escape' }, 'Escape'],
  [{ key: 'j', altKey: true }, ''],
])('%j is %s', (event, keys) => {
  expect(formatKeys({ metaKey: false, ctrlKey: false, altKey: false, ...event })).toBe(keys)
})
