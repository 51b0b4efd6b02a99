// The session cookie: its name, how it is set and how it is read.

/** How this node's cookie is called and set. */
export interface CookieForm {
  readonly name: string
  readonly secure: boolean
}

/**
 * The cookie of an origin. Browsers keep cookies by host and not by port, so two nodes on one machine would sign each
 * other out: a port that is not the usual one is part of the name.
 */
export function cookieForm(origin: string): CookieForm {
  const { protocol, port } = new URL(origin)
  const secure = protocol === 'https:'
  return { name: `${secure ? '__Host-' : ''}parley${port === '' ? '' : `-${port}`}`, secure }
}

/** The value to set; without a secret, the value that removes the cookie. */
export function formatSetCookie(form: CookieForm, secret: string | undefined): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict']
  if (form.secure) attributes.push('Secure')
  if (secret === undefined) attributes.push('Max-Age=0')
  return [`${form.name}=${secret ?? ''}`, ...attributes].join('; ')
}

/** The secret that a request carries; none if there are two of that name, as after a neighbour planted one. */
export function openCookie(form: CookieForm, header: string | null): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .filter(([name]) => name === form.name)
  const value = values[0]?.[1]
  if (values.length !== 1 || value === undefined || !/^[A-Za-z0-9_-]{43}$/.test(value)) return undefined
  return value
}
