// The console as it is shipped: built through its npm script when a source is newer than what was built. Suites may start
// side by side, so one builds and the others wait for it.

import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..', '..')
const consoleFolder = join(root, 'packages', 'console')
const built = join(consoleFolder, 'dist')
const lock = join(root, 'node_modules', '.parley-console-build')
const sources = [
  ...['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) => join(consoleFolder, name)),
  ...['record', 'mechanism', 'api'].map((name) => join(root, 'packages', name, 'src')),
]
const pauseMilliseconds = 250
const patienceMilliseconds = 150_000

/** Resolves to the folder of the built console, which is as new as its sources. */
export async function buildConsole(): Promise<string> {
  const last = Date.now() + patienceMilliseconds
  while (!(await isFresh())) {
    if (await takeLock()) {
      try {
        // A test's own mode would make it a build for development.
        const env = { ...process.env, NODE_ENV: 'production' }
        await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: consoleFolder, env })
        return built
      } finally {
        await rm(lock, { recursive: true })
      }
    }
    if (Date.now() > last) throw new Error(`another build of the console does not end: ${lock}`)
    await sleep(pauseMilliseconds)
  }
  return built
}

/** A build that is under way leaves a page behind last; until the lock is gone it is not one. */
async function isFresh(): Promise<boolean> {
  if (await modified(lock)) return false
  const page = await modified(join(built, 'index.html'))
  if (page === 0) return false
  const newest = await Promise.all(sources.map(newestIn))
  return Math.max(...newest) <= page
}

async function takeLock(): Promise<boolean> {
  return mkdir(lock).then(
    () => true,
    () => false,
  )
}

async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

/** When the newest file under a path was written; tests are no part of the console. */
async function newestIn(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : found.mtimeMs
  const names = await readdir(path)
  return Math.max(0, ...(await Promise.all(names.map((name) => newestIn(join(path, name))))))
}
