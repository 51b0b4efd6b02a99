// What a benchmark is to whoever runs it.

import type { Limits } from './limits.ts'
import type { Row } from './measure.ts'

export interface Bench {
  /** Empty, on the disk that is measured, and removed afterwards. */
  readonly folder: string
  readonly quick: boolean
  /** How often each figure is taken. */
  readonly times: number
  readonly limits: Limits
  /** Length of the file that is sealed. */
  readonly evidenceBytes: number
}

export interface Benchmark {
  readonly name: string
  run(bench: Bench): Promise<readonly Row[]>
}
