// What a process costs, as Linux counts it in /proc: processor time and memory. Elsewhere there are no figures.

import { readFile } from 'node:fs/promises'

/** The kernel's unit of processor time on every machine that this runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100
const kibibyte = 1024

export interface ProcessFigures {
  readonly processorSeconds: number
  /** Bytes in memory now, and the most that there ever were. */
  readonly residentBytes: number
  readonly residentBytesMax: number
}

/** Reads the figures of a process, or undefined where there are none. */
export async function readProcess(id: number): Promise<ProcessFigures | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${id}/stat`, 'utf8'),
      readFile(`/proc/${id}/status`, 'utf8'),
    ])
    // The name in brackets may hold anything; what follows it is numbers from the third field on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s+([0-9]+)`, 'm').exec(status)?.[1])
    return {
      processorSeconds: ticks / ticksPerSecond,
      residentBytes: kibibytes('VmRSS') * kibibyte,
      residentBytesMax: kibibytes('VmHWM') * kibibyte,
    }
  } catch {
    return undefined
  }
}

/** Processor seconds that a process takes while something is done; 0 where the machine does not say. */
export async function processorSecondsOf<T>(
  id: number,
  work: () => Promise<T>,
): Promise<{ result: T; seconds: number }> {
  const before = await readProcess(id)
  const result = await work()
  const after = await readProcess(id)
  return { result, seconds: (after?.processorSeconds ?? 0) - (before?.processorSeconds ?? 0) }
}
