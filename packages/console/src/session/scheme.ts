// Light, dark, or as the device has it. A preference of the screen, so it may stay in the browser.

export type Scheme = 'device' | 'light' | 'dark'

export const schemes: readonly Scheme[] = ['device', 'light', 'dark']

const storageKey = 'parley-scheme'

export function readScheme(): Scheme {
  const kept = localStorage.getItem(storageKey)
  return kept === 'light' || kept === 'dark' ? kept : 'device'
}

/** Puts the kept preference on the document. */
export function applyScheme(): void {
  const scheme = readScheme()
  if (scheme === 'device') delete document.documentElement.dataset['scheme']
  else document.documentElement.dataset['scheme'] = scheme
}

export function keepScheme(scheme: Scheme): void {
  if (scheme === 'device') localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, scheme)
  applyScheme()
}
