// Lengths as people say them: three digits and a unit.

import { useCallback } from 'react'
import { useFormatter } from 'use-intl'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** The power of a thousand that a length is told in. */
export function unitOf(bytes: number): { readonly unit: (typeof units)[number]; readonly value: number } {
  let power = 0
  while (power < units.length - 1 && bytes >= 1000 ** (power + 1)) power++
  return { unit: units[power]!, value: bytes / 1000 ** power }
}

export function useBytes(): (bytes: number) => string {
  const format = useFormatter()
  return useCallback(
    (bytes) => {
      const { unit, value } = unitOf(bytes)
      return format.number(value, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 })
    },
    [format],
  )
}
