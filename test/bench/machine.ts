// The machine that the figures are of: without it they mean nothing.

import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly openssl: string
  /** Processes that wanted a core, over the last minute: above 0 before a run, others take part of every figure. */
  readonly load: number
}

export function viewMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    openssl: process.versions.openssl,
    load: Math.round(loadavg()[0]! * 100) / 100,
  }
}
