// What goes wrong with whom, said once and then counted: a peer that fails a thousand times a second must not fill the disk
// with lines that say so (SECURITY-RULES T-07).

/** The same thing about the same party is said again after so long. */
const repeatMilliseconds = 60_000
/** Different things that are remembered; codes and parties are few, so more would be our mistake. */
const remembered = 4096

export interface PeerReport {
  readonly what: string
  readonly party?: string
  readonly code: string
  /** How often it happened unsaid since it was last said. */
  readonly unsaid?: number
}

/** Passes each report on the first time, and then at most once in a while with a count. `clock` in milliseconds. */
export function createPeerReports(
  report: (report: PeerReport) => void,
  clock: () => number,
): (report: PeerReport) => void {
  const said = new Map<string, { at: number; unsaid: number }>()
  return (given) => {
    const name = `${given.what} ${given.party ?? ''} ${given.code}`
    const before = said.get(name)
    const now = clock()
    if (before !== undefined && Math.abs(now - before.at) < repeatMilliseconds) {
      before.unsaid += 1
      return
    }
    if (said.size >= remembered) said.clear()
    said.set(name, { at: now, unsaid: 0 })
    report(before === undefined || before.unsaid === 0 ? given : { ...given, unsaid: before.unsaid })
  }
}
