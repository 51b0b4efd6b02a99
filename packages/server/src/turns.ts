// One thing at a time, in the order in which it was asked for. It does not know what is done.

export interface Turns {
  /** Does the work when all that was asked for before is over, whatever became of it. */
  take<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(work) {
      const turn = last.then(work)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}
