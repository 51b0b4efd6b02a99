// Whether a request may come from where it comes from. The adversaries are other web pages in the operator's browser:
// they can make it send the cookie, they can point a name of theirs at this address, and a page on another port of this
// machine counts as the same site.

import { HttpError } from './error.ts'
import type { Caller } from './handler.ts'

/**
 * Refuses a request under a name that is not the node's own, as after DNS rebinding.
 *
 * @param hosts the node's own names with their ports, as browsers write them
 * @throws {HttpError} `http.host`
 */
export function checkHost(hosts: ReadonlySet<string>, request: Request): void {
  const named = request.headers.get('host')
  if (!hosts.has(hostOf(request.url, named)) || (named !== null && !hosts.has(named))) {
    throw new HttpError('http.host', 'The request names a host that is not this node')
  }
}

/** The host of an address; where the address plainly goes on behind the name in the header, without taking it apart. */
function hostOf(url: string, named: string | null): string {
  const isPlain = named !== null && (url.startsWith(`http://${named}/`) || url.startsWith(`https://${named}/`))
  return isPlain ? named : new URL(url).host
}

/**
 * Refuses what another page may have made the browser send. A token is not sent by any browser on its own, so its bearer
 * is exempt, and so is a session of the command line, which no cookie carries.
 *
 * @throws {HttpError} `http.origin`
 */
export function checkOrigin(origins: ReadonlySet<string>, request: Request, caller: Caller): void {
  if (caller.kind === 'token' || (caller.kind === 'session' && caller.means === 'command-line')) return
  const { headers } = request
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (reads) {
    if (caller.kind === 'anonymous') return
    if ((origin !== null && !origins.has(origin)) || (site !== null && site !== 'same-origin' && site !== 'none')) {
      throw new HttpError('http.origin', 'Only the node’s own pages may read with a session')
    }
    return
  }
  if (origin === null || !origins.has(origin)) {
    throw new HttpError('http.origin', 'The Origin header is missing or is not this node’s own')
  }
  if (site !== null && site !== 'same-origin') {
    throw new HttpError('http.origin', 'The browser says that another site made this request')
  }
  if (headers.get('parley-request') !== '1') {
    throw new HttpError('http.origin', 'The header parley-request is missing')
  }
}
