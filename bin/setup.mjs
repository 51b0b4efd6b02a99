// Makes a fresh checkout ready to run: installs what the lockfile names and builds the console, each only when it is
// missing or older than its source. Then it runs the script it was given, with the project's own Node. Plain JavaScript,
// because it runs on whatever Node the machine has; not a `pre` script, because npm runs none with `ignore-scripts`.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const newest = (path) => {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== 'node_modules' && name !== 'dist')
      .map((name) => newest(join(path, name))),
  )
}
const run = (what, command, args) => {
  process.stderr.write(`${what} …\n`)
  // Output goes to stderr: stdout belongs to the command that needed the set-up.
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(
      `${what} failed. Nothing was started; run the command again once the reason above is mended.\n`,
    )
    process.exit(status ?? 1)
  }
}

const installed = newest(join(root, 'node_modules', '.package-lock.json'))
if (installed < newest(join(root, 'package-lock.json')))
  run('Installing the dependencies', 'npm', ['ci', '--loglevel=error'])

const console_ = join(root, 'packages', 'console')
const built = newest(join(console_, 'dist', 'index.html'))
const sources = [
  'console/src',
  'console/index.html',
  'console/vite.config.ts',
  'api/src',
  'mechanism/src',
  'record/src',
]
if (built < Math.max(...sources.map((path) => newest(join(root, 'packages', path))))) {
  run('Building the console', 'npm', ['run', '--silent', 'build', '--workspace=@parley/console'])
}

const [script, ...args] = process.argv.slice(2)
if (script !== undefined) {
  const bin = join(root, 'node_modules', '.bin')
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(join(bin, 'node'), [join(root, script), ...args], { stdio: 'inherit', env })
  // Ctrl-C reaches the child by itself; whoever signals only this process means the child as well.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
