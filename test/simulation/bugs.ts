// Bugs planted on purpose, each a way in which the driver around the core could be wrong: a simulation that does not find
// them proves nothing. None of them is in the packages themselves.

export const bugNames = [
  /** Answers `committed` before anything is synced. */
  'skip-sync',
  /** Signs and publishes a head before the lock that names it is durable. */
  'publish-before-lock',
  /** Takes heads and deliveries without comparing them with the copy at their size. */
  'accept-fork',
  /** Reads on where the count of accepted entries points to, and not the index. */
  'cursor-by-accepted',
  /** Opens its logs after a start without asking the members what they hold. */
  'open-without-asking',
  /** Gives receipts while the bodies are not durable yet. */
  'receipt-before-bodies',
  /** Judges entries again with what arrived after them. */
  'verdict-recomputed',
  /** Records what a client sends again a second time. */
  'retry-recorded-twice',
  /** Chooses the time of a receipt by the clock alone. */
  'receipt-time-by-clock',
] as const

export type BugName = (typeof bugNames)[number]

/** @throws Error for a name that is no planted bug. */
export function parseBug(text: string): BugName {
  const name = bugNames.find((bug) => bug === text)
  if (name === undefined) throw new Error(`no planted bug is called ${text}; there are ${bugNames.join(', ')}`)
  return name
}
