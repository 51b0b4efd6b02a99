// Keys that do things: parts and pages register them while they are shown, one listener runs them, and the list of keys
// is made from the same register. Single letters can be switched off, as people who speak to their machine need.

import { useEffect, useSyncExternalStore } from 'react'

export interface Shortcut {
  /** `j`, `?`, `enter` or `mod+k`, where `mod` is Command on Apple machines and Control elsewhere. */
  readonly keys: string
  /** What it does, in the reader's language. */
  readonly label: string
  readonly run: () => void
}

const storageKey = 'parley-single-keys'

let shortcuts: readonly Shortcut[] = []
let singleKeys: boolean | undefined
const listeners = new Set<() => void>()

function change(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Registers a shortcut while the component is shown. A later one of the same keys goes before an earlier one. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  useEffect(() => {
    const shortcut = { keys, label, run }
    shortcuts = [...shortcuts, shortcut]
    change()
    return () => {
      shortcuts = shortcuts.filter((other) => other !== shortcut)
      change()
    }
  }, [keys, label, run])
}

/** Every shortcut that works now, each key once. */
export function useShortcuts(): readonly Shortcut[] {
  const all = useSyncExternalStore(subscribe, () => shortcuts)
  return all.filter((shortcut, place) => all.findLastIndex((other) => other.keys === shortcut.keys) === place)
}

/** Whether single letters work, and how to switch them. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, readSingleKeys)
  return [
    on,
    (wanted) => {
      singleKeys = wanted
      localStorage.setItem(storageKey, wanted ? 'on' : 'off')
      change()
    },
  ]
}

/** The name of the keys that an event carries, in the notation of `Shortcut`. */
export function formatKeys(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>): string {
  if (event.altKey) return ''
  const key = event.key === 'Enter' ? 'enter' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

function readSingleKeys(): boolean {
  singleKeys ??= localStorage.getItem(storageKey) !== 'off'
  return singleKeys
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role=listbox], [role=menu]') !== null
  )
}

function onKeyDown(event: KeyboardEvent): void {
  const keys = formatKeys(event)
  const single = !keys.startsWith('mod+')
  if (event.defaultPrevented || (single && (!readSingleKeys() || typing(event.target)))) return
  // A dialogue has the keyboard to itself.
  if (single && document.querySelector('[role=dialog], [role=alertdialog]') !== null) return
  const shortcut = shortcuts.findLast((candidate) => candidate.keys === keys)
  if (shortcut === undefined) return
  event.preventDefault()
  shortcut.run()
}

/** Starts listening; called once, by the frame of the application. */
export function useShortcutListener(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
