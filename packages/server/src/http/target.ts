// The address of a request, exactly as it was sent. Nothing is decoded, folded or tidied, so one operation has one
// spelling and every other is not found.

export interface Target {
  /** Empty when it is not one that the node could serve. */
  readonly path: string
  /** What follows the question mark. */
  readonly query: string
}

/** What the server under us hands over beside the request; absent when there is no server, as in tests. */
export interface Bindings {
  readonly incoming?: {
    /** The request line's own address, before anybody understood it. */
    readonly url?: string | undefined
    readonly socket: { readonly remoteAddress?: string | undefined }
  }
}

const servable = /^(\/[A-Za-z0-9._~-]+)*\/?$/

/** The address of a request, from the request line where there is one. */
export function targetOf(request: Request, bindings: Bindings | undefined): Target {
  const sent = bindings?.incoming?.url ?? request.url.slice(new URL(request.url).origin.length)
  const mark = sent.indexOf('?')
  const path = mark < 0 ? sent : sent.slice(0, mark)
  const dotted = path.split('/').some((segment) => segment === '.' || segment === '..')
  return { path: servable.test(path) && !dotted ? path : '', query: mark < 0 ? '' : sent.slice(mark + 1) }
}

/** Whose bucket a call is counted in: the address at the other end of the connection. */
export function clientOf(bindings: Bindings | undefined): string {
  return bindings?.incoming?.socket.remoteAddress ?? 'nowhere'
}

/** Whether a path fits a template, in which a step in braces stands for any one step. */
export function matchesTemplate(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((step, index) => (step.startsWith('{') ? given[index] !== '' : step === given[index]))
  )
}
