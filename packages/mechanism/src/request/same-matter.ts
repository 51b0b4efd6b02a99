// Deconfliction: which requests are about the same matter, from entries alone. The digests are keyed, so that only members
// of the channel can tell what they stand for (docs/decisions/0009); whether two are equal everybody can see.

/** What is needed of a request to compare it: its subject id and the keyed digests of its identifiers. */
export interface Matter {
  readonly id: string
  readonly matter: readonly string[]
}

export interface SameMatter {
  readonly id: string
  /** The digests that both carry, sorted. */
  readonly shared: readonly string[]
}

/** The other requests that carry a digest of this one, those that share most first, then by id. */
export function listSameMatter(request: Matter, others: readonly Matter[]): readonly SameMatter[] {
  const own = new Set(request.matter)
  return others
    .filter(({ id }) => id !== request.id)
    .map(({ id, matter }) => ({ id, shared: [...new Set(matter)].filter((digest) => own.has(digest)).sort() }))
    .filter(({ shared }) => shared.length > 0)
    .sort((a, b) => b.shared.length - a.shared.length || (a.id < b.id ? -1 : 1))
}
