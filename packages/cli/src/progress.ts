// A line on standard error for what takes long; nothing at all where nobody looks at a terminal.

export interface Progress {
  /** Both in the same unit; the total may grow. */
  update(done: number, total: number): void
  stop(): void
}

const barWidth = 30
/** Drawn no more often than this: a terminal at the end of a slow line must not hold up the work. */
const drawMilliseconds = 100
const clearLine = '\r\u001B[2K'

/** Starts a bar under this label. Call `stop` whatever happens. */
export function startProgress(label: string, isQuiet = false): Progress {
  if (isQuiet || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  let drawn = -Infinity
  return {
    update(done, total) {
      const now = performance.now()
      if (now - drawn < drawMilliseconds) return
      drawn = now
      const share = Math.min(1, done / Math.max(1, total))
      const filled = Math.round(share * barWidth)
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
      process.stderr.write(`${clearLine}${label} ${bar} ${Math.floor(share * 100)} % ${done}/${total}`)
    },
    stop: () => void process.stderr.write(clearLine),
  }
}
