import { defineConfig } from 'vitest/config'

/** Suites with real nodes and processes keep time: one file at a time. */
const alone = { fileParallelism: false }
/** Most of the others is waiting for a disk, a process or a page: two files at a time keep two cores busy. */
const inPairs = { maxWorkers: 2 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/architecture/**/*.test.ts', 'vectors/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...inPairs,
        },
      },
      {
        test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'], testTimeout: 300_000, ...inPairs },
      },
      {
        test: {
          name: 'network',
          include: ['test/network/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...alone,
        },
      },
      {
        test: {
          name: 'scripts',
          include: ['test/scripts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...inPairs,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          ...inPairs,
        },
      },
    ],
  },
})
