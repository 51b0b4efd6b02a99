// What a link brings in its fragment, which never reaches a server or its logs: an operator's token (`#token=…`) or an
// invitation (`#invitation=…`). It is taken once and wiped from the address, so that neither the history nor a shoulder keeps
// it.

type Brought = 'token' | 'invitation'

const taken: Partial<Record<Brought, string>> = {}

/** Takes what the page's address brings, if anything. */
export function takeLinkToken(): void {
  const brought = new URLSearchParams(location.hash.slice(1))
  for (const kind of ['token', 'invitation'] as const) {
    const value = brought.get(kind)
    if (value === null) continue
    history.replaceState(null, '', location.pathname + location.search)
    taken[kind] = value
  }
}

/** Gives the token that was taken, once. */
export function consumeLinkToken(): string | undefined {
  return consume('token')
}

/** Gives the invitation that was taken, once. */
export function consumeLinkInvitation(): string | undefined {
  return consume('invitation')
}

function consume(kind: Brought): string | undefined {
  const value = taken[kind]
  delete taken[kind]
  return value
}
