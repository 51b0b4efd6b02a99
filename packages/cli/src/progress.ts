// A bar on standard error for what takes long; nothing at all where nobody looks at a terminal.

import progressLibrary from 'cli-progress'

export interface Progress {
  /** Both in the same unit; the total may grow. */
  update(done: number, total: number): void
  stop(): void
}

/** Starts a bar under this label. Call `stop` whatever happens. */
export function startProgress(label: string, isQuiet = false): Progress {
  if (isQuiet || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new progressLibrary.SingleBar({
    format: `${label} {bar} {percentage}% {value}/{total}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  })
  bar.start(1, 0)
  return {
    update(done, total) {
      bar.setTotal(Math.max(1, total))
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
