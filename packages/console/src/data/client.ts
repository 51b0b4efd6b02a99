// The one client of the node's interface. It speaks to the page's own origin; the cookie says who is there.

import { createClient } from '@parley/api/client'

export const client = createClient({ baseUrl: '', fetch: (input, init) => globalThis.fetch(input, init) })
