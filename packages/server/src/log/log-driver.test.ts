import { describe, expect, test } from 'vitest'
import { Frontier } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { emptyCore } from '@parley/record/core'
import type { Batch, CoreEvent, Submission, Work } from '@parley/record/core'
import type { OutwardEffect } from './carrier.ts'
import { createLogDriver } from './log-driver.ts'
import type { LogDriver, LogDriverParts } from './log-driver.ts'

const origin = 'us.parley.example/governance'

/** A promise that is kept when the test says so. */
function createGate(): { readonly opened: Promise<void>; open(): void; break(error: Error): void } {
  const { promise, reject, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve, break: reject }
}

interface Bench {
  readonly driver: LogDriver
  readonly batches: Batch[]
  readonly failures: unknown[]
  readonly events: CoreEvent['kind'][]
  readonly carried: OutwardEffect[]
}

/** A driver with one open log of nobody else's, whose durable parts do as a test tells them. */
function createBench(parts: Partial<LogDriverParts> = {}): Bench {
  const bench = {
    batches: [] as Batch[],
    failures: [] as unknown[],
    events: [] as CoreEvent['kind'][],
    carried: [] as OutwardEffect[],
  }
  const driver = createLogDriver({
    tools: { crypto: nodeCrypto, bodyOf: () => undefined },
    state: emptyCore(0),
    clock: () => 1_700_000_000_000,
    prepare: () => Promise.resolve(new Map()),
    commit(batch) {
      bench.batches.push(batch)
      return Promise.resolve()
    },
    lock: () => Promise.resolve(),
    sign: (_origin, head) => Promise.resolve({ ...head, note: new Uint8Array() }),
    carrier: {
      carry(effect) {
        bench.carried.push(effect)
        return Promise.resolve([])
      },
    },
    alarm: () => undefined,
    observe: ({ kind }) => void bench.events.push(kind),
    fatal: (error) => void bench.failures.push(error),
    ...parts,
  })
  const frontier = Frontier.empty(nodeCrypto)
  const log = { origin, members: [], frontier, lock: undefined, rootAtLock: undefined, inception: true }
  driver.dispatch({ kind: 'own-log', log, at: 1_700_000_000_000 })
  return { driver, ...bench }
}

function submission(text: string): Submission {
  return { kind: 'submission', origin, entry: new TextEncoder().encode(text), bodies: [] }
}

describe('[LG3] the driver', () => {
  test('answers a submission when it is durable, and not before', async () => {
    const gate = createGate()
    const { driver } = createBench({ commit: () => gate.opened })
    let outcome: unknown
    const submitted = driver.submit(submission('one')).then((settled) => (outcome = settled))
    await Promise.resolve()
    expect(outcome).toBeUndefined()
    gate.open()
    await submitted
    expect(outcome).toEqual({ kind: 'settled', position: 0 })
  })

  test('puts what came meanwhile into the next batch, in its order', async () => {
    const gates = [createGate(), createGate()]
    let commits = 0
    const batches: Batch[] = []
    const { driver } = createBench({
      commit(batch) {
        batches.push(batch)
        return gates[commits++]!.opened
      },
    })
    const settled = [driver.submit(submission('0'))]
    await new Promise(setImmediate)
    settled.push(driver.submit(submission('1')), driver.submit(submission('2')))
    gates[0]!.open()
    await new Promise(setImmediate)
    gates[1]!.open()
    expect(await Promise.all(settled)).toEqual([0, 1, 2].map((position) => ({ kind: 'settled', position })))
    expect(batches.map(({ extensions }) => extensions[0]!.entries.length)).toEqual([1, 2])
  })

  test('refuses with the code of the judgement', async () => {
    const prepare = (works: readonly Work[]) => Promise.resolve(new Map([[works[0]!, 'request.ended']]))
    const { driver } = createBench({ prepare })
    expect(await driver.submit(submission('one'))).toEqual({ kind: 'refused', code: 'request.ended' })
  })

  test.each([
    ['prepare', { prepare: () => Promise.reject(new Error('disk')) }],
    ['commit', { commit: () => Promise.reject(new Error('disk')) }],
    ['lock', { lock: () => Promise.reject(new Error('disk')) }],
    ['sign', { sign: () => Promise.reject(new Error('disk')) }],
  ])('ends everything, once, when %s fails', async (_what, parts) => {
    const { driver, failures } = createBench(parts)
    void driver.submit(submission('one'))
    await new Promise(setImmediate)
    void driver.submit(submission('two'))
    await new Promise(setImmediate)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatchObject({ message: 'disk' })
    expect(await driver.submit(submission('three'))).toEqual({ kind: 'refused', code: 'node.busy' })
  })

  test('ends everything when a listener breaks, after what was to be done has been begun', async () => {
    const batches: Batch[] = []
    const { driver, failures } = createBench({
      async commit(batch) {
        batches.push(batch)
      },
      observe(event) {
        if (event.kind === 'prepared') throw new Error('listener')
      },
    })
    void driver.submit(submission('one'))
    await new Promise(setImmediate)
    expect(failures).toEqual([expect.objectContaining({ message: 'listener' })])
    expect(batches).toHaveLength(1)
  })

  test('ends everything when a carrier answers with what is no event', async () => {
    const carrier = { carry: () => Promise.resolve([{ kind: 'nonsense', at: 1 } as never]) }
    const { driver, failures } = createBench({ carrier })
    driver.dispatch({ kind: 'member', origin, party: 'cn', at: 1_700_000_000_000 })
    driver.dispatch({ kind: 'tick', at: 1_700_000_000_001 })
    await new Promise(setImmediate)
    expect(failures).toHaveLength(1)
  })

  test('to stop, finishes what it took in, refuses what comes, and leaves nobody waiting', async () => {
    const gate = createGate()
    const { batches, driver, failures } = createBench()
    const slow = createBench({
      async commit(batch) {
        slow.batches.push(batch)
        await gate.opened
      },
    })
    const first = slow.driver.submit(submission('first'))
    await new Promise(setImmediate)
    const second = slow.driver.submit(submission('second'))
    const stopping = slow.driver.stop()
    expect(await slow.driver.submit(submission('late'))).toEqual({ kind: 'refused', code: 'node.busy' })
    let isStopped = false
    void stopping.then(() => (isStopped = true))
    await new Promise(setImmediate)
    expect(isStopped).toBe(false)
    gate.open()
    await stopping
    expect(await Promise.all([first, second])).toEqual([0, 1].map((position) => ({ kind: 'settled', position })))
    expect(slow.batches).toHaveLength(2)
    expect(slow.failures).toEqual([])
    await driver.stop()
    expect([batches, failures]).toEqual([[], []])
  })

  test('to stop, waits for no disk that has failed, and answers who still waits', async () => {
    const { driver, failures } = createBench({ commit: () => Promise.reject(new Error('disk')) })
    const waiting = driver.submit(submission('one'))
    await new Promise(setImmediate)
    await driver.stop()
    expect(await waiting).toEqual({ kind: 'refused', code: 'node.busy' })
    expect(failures).toHaveLength(1)
  })

  test('says when the write that is under way has ended, though others follow it without a pause', async () => {
    const gates: ReturnType<typeof createGate>[] = []
    const { driver } = createBench({
      commit() {
        const gate = createGate()
        gates.push(gate)
        return gate.opened
      },
    })
    await driver.written()
    void driver.submit(submission('0'))
    await new Promise(setImmediate)
    void driver.submit(submission('1'))
    let isWritten = false
    void driver.written().then(() => (isWritten = true))
    await new Promise(setImmediate)
    expect(isWritten).toBe(false)
    gates[0]!.open()
    await new Promise(setImmediate)
    expect(isWritten).toBe(true)
    expect(gates).toHaveLength(2)
  })
})
