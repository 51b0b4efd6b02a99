// The operator's token in the fragment of a link (`#token=…`): a fragment never reaches a server or its logs. It is
// taken once and wiped from the address, so that neither the history nor a shoulder keeps it.

let taken: string | undefined

/** Takes the token out of the page's address, if there is one. */
export function takeLinkToken(): void {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return
  history.replaceState(null, '', location.pathname + location.search)
  taken = token
}

/** Gives the token that was taken, once. */
export function consumeLinkToken(): string | undefined {
  const token = taken
  taken = undefined
  return token
}
