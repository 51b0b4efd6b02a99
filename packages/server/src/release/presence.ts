// Who has a draft open now, so that two people on one draft know of each other. Kept in memory for a moment and never stored.

/** Whoever has not said for so long that they are there is there no more. */
export const presenceMilliseconds = 30_000

export interface Presence {
  /** Notes that somebody is there; says who is, sorted, and whether that is news to the others. */
  note(draft: string, person: string): { readonly people: readonly string[]; readonly news: boolean }
}

/** `clock` in Unix milliseconds. */
export function createPresence(clock: () => number): Presence {
  const drafts = new Map<string, Map<string, number>>()
  return {
    note(draft, person) {
      const now = clock()
      // Each look forgets whoever left, of any draft, so that memory is bounded by who is there.
      for (const [id, people] of drafts) {
        for (const [one, seen] of people) if (now - seen > presenceMilliseconds || seen > now) people.delete(one)
        if (people.size === 0) drafts.delete(id)
      }
      const people = drafts.get(draft) ?? new Map<string, number>()
      drafts.set(draft, people)
      const news = !people.has(person)
      people.set(person, now)
      return { people: [...people.keys()].sort(), news }
    },
  }
}
