// What somebody is writing, kept in memory while the page is open: nothing said in confidence goes to the disk of the
// device (rule T-16). A draft survives a change of page and a new sign-in; the browser warns before it is lost.

import { useCallback, useSyncExternalStore } from 'react'

const drafts = new Map<string, unknown>()
const listeners = new Set<() => void>()

function onLeave(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function change(): void {
  // The browser asks only while there is something to lose.
  if (drafts.size > 0) window.addEventListener('beforeunload', onLeave)
  else window.removeEventListener('beforeunload', onLeave)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const onDiscard = new Set<() => void>()

/** Has something else thrown away together with the drafts: what only some pages have need not be loaded for that. */
export function discardWithDrafts(discard: () => void): void {
  onDiscard.add(discard)
}

/** Throws every draft away: whoever signs out leaves nothing behind. */
export function discardDrafts(): void {
  drafts.clear()
  for (const discard of onDiscard) discard()
  change()
}

/**
 * The draft of this name, or what an empty one is; a function that keeps it, and one that throws it away.
 *
 * @param empty the same object on every call.
 */
export function useDraft<T>(name: string, empty: T): readonly [T, (draft: T) => void, () => void] {
  const draft = useSyncExternalStore(subscribe, () => (drafts.has(name) ? (drafts.get(name) as T) : empty))
  const keep = useCallback(
    (next: T) => {
      drafts.set(name, next)
      change()
    },
    [name],
  )
  const discard = useCallback(() => {
    drafts.delete(name)
    change()
  }, [name])
  return [draft, keep, discard]
}
