// What this node does when it reads that it has erased a body: our own statement and the erasure are one transaction, so
// that nothing says "erased" of what is still here.

import { eraseBody } from '../db/bodies.ts'
import type { Statement } from '../db/statement.ts'
import { forgetTextsOfBody } from '../db/texts.ts'
import type { Line } from './lines.ts'

/** The erasures that follow from the valid entries that were read in these lines. What is not here is erased for good too. */
export function composeErasures(lines: readonly Line[]): Statement[] {
  return lines.flatMap(({ found, leaves, log }) =>
    found.flatMap(({ verdict }, at) => {
      const entry = leaves[at]?.parsed?.entry
      if (!log.own || verdict !== 'valid' || entry?.type !== 'body.erased') return []
      // Their shape is what the verdict says.
      const { ciphertext, ground } = entry.data as { readonly ciphertext: string; readonly ground: string }
      const digest = Uint8Array.fromHex(ciphertext)
      return [eraseBody(digest, ground), ...forgetTextsOfBody(digest)]
    }),
  )
}
