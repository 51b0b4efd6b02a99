// Runs the real command line as a process of its own: once to its end, or as a node that stays.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

export const root = join(import.meta.dirname, '..', '..')
const main = join(root, 'packages', 'cli', 'src', 'main.ts')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Compiled code is kept between the many runs; nothing else of them is. */
const compileCache = join(root, 'node_modules', '.cache', 'parley-scripts')

/** No language and no home of the person who runs the tests. */
function environment(): NodeJS.ProcessEnv {
  const {
    LANG: _lang,
    LC_ALL: _all,
    LC_MESSAGES: _messages,
    PARLEY_HOME: _home,
    PARLEY_TOKEN: _token,
    PARLEY_SESSION: _session,
    ...rest
  } = process.env
  return { ...rest, LANG: 'C', NODE_COMPILE_CACHE: compileCache, XDG_CONFIG_HOME: join(compileCache, 'nobody') }
}

export function parley(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: environment() })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

export interface StartedNode {
  readonly origin: string
  readonly newToken: string | null
  /** Ends it and resolves to its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** `parley start --json`, until it has said where it listens. */
export async function startParley(home: string): Promise<StartedNode> {
  const child = spawn(process.execPath, [main, 'start', '--home', home, '--json', '--log-level', 'silent'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    void ended.then((code) => reject(new Error(`the node ended with ${code}: ${err}`)))
  })
  const { newToken, origin } = JSON.parse(await first) as { origin: string; newToken: string | null }
  return {
    origin,
    newToken,
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

const readyMilliseconds = 30_000

/** Waits until the nodes have heard each other: before that a started node only reads. */
export async function untilReady(...nodes: readonly { readonly origin: string }[]): Promise<void> {
  const signal = AbortSignal.timeout(readyMilliseconds)
  await Promise.all(
    nodes.map(async ({ origin }) => {
      while (!(await fetch(`${origin}/ready`, { signal })).ok) await setTimeout(50, undefined, { signal })
    }),
  )
}
