// The browser of a suite: the system's own Chromium, without any traffic of its own. Where there is none, the suite is
// skipped and its title says why.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { beforeEach, describe, onTestFailed } from 'vitest'

const executable = process.env['PARLEY_CHROMIUM'] ?? '/usr/bin/chromium'

/** Declares a suite that needs the browser. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (existsSync(executable)) describe(title, suite)
  else describe.skip(`${title} (skipped: there is no ${executable}; PARLEY_CHROMIUM may name another)`, suite)
}

/** Starts the browser; the caller closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Declares a suite whose tests are the steps of one story: after a step that failed the others are skipped. */
export function describeStory(title: string, suite: () => void): void {
  describeInBrowser(title, () => {
    let broken: string | undefined
    beforeEach(({ skip, task }) => {
      // A step that is tried again fails or passes for itself; were it skipped, its failure would be forgotten.
      if (broken !== undefined && broken !== task.name) skip(`the story broke off at: ${broken}`)
      broken = undefined
      onTestFailed(() => {
        broken = task.name
      })
    })
    suite()
  })
}
