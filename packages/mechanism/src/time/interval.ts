// Moments as evidence bounds them. Unix milliseconds; null where nothing bounds that side.

export interface Interval {
  readonly notBefore: number | null
  readonly notAfter: number | null
}

/** An interval of one moment. */
export function exactly(at: number): Interval {
  return { notBefore: at, notAfter: at }
}

/** Both ends moved by a function that keeps their order. */
export function mapInterval({ notAfter, notBefore }: Interval, move: (at: number) => number): Interval {
  return {
    notBefore: notBefore === null ? null : move(notBefore),
    notAfter: notAfter === null ? null : move(notAfter),
  }
}

/** The later of two moments that are each known as an interval. */
export function later(a: Interval, b: Interval): Interval {
  return {
    notBefore:
      a.notBefore === null ? b.notBefore : b.notBefore === null ? a.notBefore : Math.max(a.notBefore, b.notBefore),
    notAfter: a.notAfter === null || b.notAfter === null ? null : Math.max(a.notAfter, b.notAfter),
  }
}

/** The earlier of two moments that are each known as an interval. */
export function earlier(a: Interval, b: Interval): Interval {
  return {
    notBefore: a.notBefore === null || b.notBefore === null ? null : Math.min(a.notBefore, b.notBefore),
    notAfter: a.notAfter === null ? b.notAfter : b.notAfter === null ? a.notAfter : Math.min(a.notAfter, b.notAfter),
  }
}

/** How a moment lies to another: certainly not after it, certainly after it, or nobody can say. */
export function compare(moment: Interval, target: Interval): 'by' | 'after' | 'unknown' {
  if (moment.notAfter !== null && target.notBefore !== null && moment.notAfter <= target.notBefore) return 'by'
  if (moment.notBefore !== null && target.notAfter !== null && moment.notBefore > target.notAfter) return 'after'
  return 'unknown'
}
