// What a file is, by its first line. It says nothing of whether the file is any good.

export const fileKinds = ['proof', 'bundle', 'case', 'custody', 'fork', 'checkpoint'] as const
export type FileKind = (typeof fileKinds)[number]

const firstLines: readonly (readonly [line: string, kind: FileKind])[] = [
  ['c2sp.org/tlog-proof@v1\n', 'proof'],
  ['parley/bundle/v1\n', 'bundle'],
  ['parley/case/v1\n', 'case'],
  ['parley/fork/v1\n', 'fork'],
]

/** A signed checkpoint has no line of its own: it begins with the origin of its log. */
const checkpointForm = /^[^\n]+\n(?:0|[1-9][0-9]{0,15})\n[A-Za-z0-9+/]{43}=\n/
/** Canonical JSON begins with its first keys in alphabetical order. */
const custodyForm = /^\{"channel":"[0-9a-f]{32}","custody":\[/
const headBytesMax = 512

export function recogniseFile(bytes: Uint8Array): FileKind | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, headBytesMax))
  const named = firstLines.find(([line]) => head.startsWith(line))
  if (named !== undefined) return named[1]
  if (custodyForm.test(head)) return 'custody'
  return checkpointForm.test(head) ? 'checkpoint' : undefined
}
