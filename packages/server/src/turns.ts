// One thing at a time, in the order in which it was asked for; or one at a time of each name. It does not know what is done.

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

export interface NamedTurns {
  /** As {@link Turns}, among the work of the same name. */
  take<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

/** A name costs memory only while work of it waits. */
export function createNamedTurns(): NamedTurns {
  const lines = new Map<string, { readonly turns: Turns; waiting: number }>()
  return {
    async take(name, work) {
      const line = lines.get(name) ?? { turns: createTurns(), waiting: 0 }
      lines.set(name, line)
      line.waiting += 1
      try {
        return await line.turns.take(work)
      } finally {
        line.waiting -= 1
        if (line.waiting === 0) lines.delete(name)
      }
    },
  }
}
