// Where a person opens the console: passkeys are bound to a name, so the machine's name for itself stands in for its address.

/** The origin of the console of a node, with what a link carries after it in its fragment. */
export function consoleAddress(origin: string, fragment: Readonly<Record<string, string>> = {}): string {
  const url = new URL(origin)
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost'
  const text = new URLSearchParams(fragment).toString()
  return `${url.origin}/${text === '' ? '' : `#${text}`}`
}
