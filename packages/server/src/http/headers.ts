// The headers that every answer carries, whatever it is an answer to.

/** For everything that is not a page: nothing may be loaded, shown in a frame or run. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

/** For the console: its own scripts, styles, images and fonts, its own node, and text never becomes script. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join('; ')

const always: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Puts the headers on an answer. A policy or a cache rule that the answer has already stays. */
export function secureHeaders(headers: Headers, options: { readonly tls: boolean }): void {
  for (const [name, value] of Object.entries(always)) headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', answerPolicy)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (options.tls) headers.set('strict-transport-security', 'max-age=31536000')
}
