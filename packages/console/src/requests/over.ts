// Which statuses a request rests in: nobody waits for anybody, so the present moment is no part of its drawing.

const over: ReadonlySet<string> = new Set([
  'answered',
  'refused',
  'released',
  'withdrawn',
  'closed',
  'abandoned',
  'lapsed',
])

export function isOver(status: string): boolean {
  return over.has(status)
}
