// The schema library, told not to write code from strings where a content security policy forbids it. Every schema of
// this package is made through this file, so the setting is in force before the first of them exists.

import { z } from 'zod'

// A browser reports even the caught attempt as a violation of the policy, and the console promises none.
if ('document' in globalThis) z.config({ jitless: true })

export { z }
