// What one peer may take of this node at a time, so that no peer takes from another (SECURITY-RULES T-06, T-07): turns, bytes
// in memory, and patience with what has to be refused. It knows names of parties and numbers, and no request.

/** Requests of one peer that are worked on at the same time; its others wait for them. */
const turnsPerPeerMax = 2
/** Bytes of one peer's requests that are in memory. Two of the largest deliveries fit. */
const bytesPerPeerMax = 42 * 1024 * 1024
/** Refused requests in a row that are answered at once. */
const patienceMax = 64
const patiencePerSecond = 8

export interface PeerQuotas {
  /** Waits for the peer's turn; the caller must give it back. */
  takeTurn(party: string): Promise<() => void>
  /** Sets bytes aside; undefined when the peer has too many in hand. The caller must give them back. */
  takeBytes(party: string, bytes: number): (() => void) | undefined
  /** Whether the peer has been refused so often of late that it must slow down. */
  isTiresome(party: string): boolean
  noteRefusal(party: string): void
}

interface Quota {
  turns: number
  readonly waiting: (() => void)[]
  bytes: number
  patience: number
  /** Milliseconds of the clock when `patience` was counted. */
  counted: number
}

/** One quota for each party that has a connection; there are as many as parties in the record. `clock` in milliseconds. */
export function createPeerQuotas(clock: () => number): PeerQuotas {
  const quotas = new Map<string, Quota>()

  function quotaOf(party: string): Quota {
    let quota = quotas.get(party)
    if (quota === undefined) {
      quota = { turns: 0, waiting: [], bytes: 0, patience: patienceMax, counted: clock() }
      quotas.set(party, quota)
    }
    return quota
  }

  function countPatience(quota: Quota): void {
    const now = clock()
    // The clock may have been set back; patience is never lost by that.
    const seconds = Math.max(0, now - quota.counted) / 1000
    quota.patience = Math.min(patienceMax, quota.patience + seconds * patiencePerSecond)
    quota.counted = now
  }

  function once(giveBack: () => void): () => void {
    let given = false
    return () => {
      if (!given) giveBack()
      given = true
    }
  }

  return {
    async takeTurn(party) {
      const quota = quotaOf(party)
      if (quota.turns < turnsPerPeerMax) quota.turns += 1
      // Whoever gives a turn back hands it on, so it is counted already.
      else await new Promise<void>((resolve) => quota.waiting.push(resolve))
      return once(() => {
        const next = quota.waiting.shift()
        if (next === undefined) quota.turns -= 1
        else next()
      })
    },
    takeBytes(party, bytes) {
      const quota = quotaOf(party)
      if (quota.bytes + bytes > bytesPerPeerMax) return undefined
      quota.bytes += bytes
      return once(() => {
        quota.bytes -= bytes
      })
    },
    isTiresome(party) {
      const quota = quotaOf(party)
      countPatience(quota)
      return quota.patience < 1
    },
    noteRefusal(party) {
      const quota = quotaOf(party)
      countPatience(quota)
      quota.patience = Math.max(0, quota.patience - 1)
    },
  }
}
