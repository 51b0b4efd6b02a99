// Requests to witnesses and proofs of entries are both some lines, an empty line and a note. The note has empty lines of
// its own, so it is the first that divides.

/** What is before the first empty line, without its last line feed, and what is after it; undefined when there is none. */
export function divideAtEmptyLine(bytes: Uint8Array): { before: Uint8Array; after: Uint8Array } | undefined {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return { before: bytes.subarray(0, at), after: bytes.slice(at + 2) }
  }
  return undefined
}
