// The one place where anything is written. Batches that wait while another is being made durable go together in the next
// transaction, so that many small batches cost one durable write. It does not know what they mean.

import type { Engine } from './dialect/engine.ts'
import { DatabaseError } from './error.ts'
import { compileStatement } from './statement.ts'
import type { CompiledStatement, Statement } from './statement.ts'

/** Statements in one transaction, unless a single batch has more. */
const groupStatementsMax = 1024
/** Batches that may wait before more are refused. */
const waitingMax = 8192
const topicLengthMax = 200

export interface Writer {
  /**
   * Makes all statements durable together, in their order, or none of them. Batches are committed in the order of the
   * calls; one that is refused does not stop those behind it, so a batch that needs another one's effect must wait for
   * it or demand it by the number of rows it changes. Resolves to the number of rows that each statement changed.
   * Whoever listens to the database hears `topics` afterwards; they may name what changed and never say how.
   * @throws DatabaseError `db.value`, `db.conflict`, `db.constraint`, `db.query`, `db.busy`, `db.full` or `db.closed`:
   *   nothing was stored; `db.failed`: unknown whether it was, and the process must end or open the database again.
   */
  commit(statements: readonly Statement[], topics?: readonly string[]): Promise<number[]>
}

interface Waiting {
  /** The caller's statements, and behind them the announcements of the topics where the dialect has such. */
  readonly compiled: readonly CompiledStatement[]
  readonly statementCount: number
  readonly topics: readonly string[]
  resolve(changes: number[]): void
  reject(error: unknown): void
}

/** What the store needs of a writer beyond what its users see. */
export interface WriterQueue extends Writer {
  /** Refuses further batches and waits for those that were taken. */
  end(): Promise<void>
}

/** `published` hears the topics of each batch once it is durable. */
export function createWriter(engine: Engine, published: (topic: string) => void): WriterQueue {
  const waiting: Waiting[] = []
  let over: DatabaseError | undefined
  let closing = false
  let draining: Promise<void> | undefined
  async function stopWhenFailed(): Promise<void> {
    const error = await engine.failed
    over ??= error
  }
  void stopWhenFailed()

  function settle(batch: Waiting, changes: number[]): void {
    for (const topic of batch.topics) published(topic)
    batch.resolve(changes)
  }

  async function transactGroup(group: readonly Waiting[]): Promise<void> {
    const changes = await engine.transact(group.flatMap(({ compiled }) => compiled))
    let start = 0
    for (const batch of group) {
      settle(batch, changes.slice(start, start + batch.statementCount))
      start += batch.compiled.length
    }
  }

  /** One refused batch must not take its neighbours with it: then each goes alone. */
  async function transactEach(group: readonly Waiting[]): Promise<void> {
    for (const batch of group) {
      try {
        if (over !== undefined) throw over
        await transactGroup([batch])
      } catch (error) {
        stopIfFailed(error)
        batch.reject(error)
      }
    }
  }

  function stopIfFailed(error: unknown): void {
    if (error instanceof DatabaseError && error.code === 'db.failed') over ??= error
  }

  function takeGroup(): Waiting[] {
    let count = 0
    let statements = 0
    while (count < waiting.length) {
      statements += waiting[count]!.compiled.length
      if (count > 0 && statements > groupStatementsMax) break
      count++
    }
    return waiting.splice(0, count)
  }

  async function drain(): Promise<void> {
    // Whatever else the same turn of the event loop commits goes along with the first.
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = takeGroup()
      try {
        if (over !== undefined) throw over
        await transactGroup(group)
      } catch (error) {
        stopIfFailed(error)
        const alone = group.length === 1 || over !== undefined
        if (alone) for (const batch of group) batch.reject(error)
        else await transactEach(group)
      }
    }
    draining = undefined
  }

  return {
    commit(statements, topics = []) {
      return new Promise((resolve, reject) => {
        if (over !== undefined) throw over
        if (closing) throw new DatabaseError('db.closed', 'the database is closed')
        if (waiting.length >= waitingMax) throw new DatabaseError('db.busy', 'too many batches wait to be written')
        const compiled = statements.map((statement) => compileStatement(statement, engine.dialect))
        for (const topic of topics) {
          if (topic.length > topicLengthMax) throw new DatabaseError('db.limit', 'the topic is too long')
          const announcement = engine.announce(topic)
          if (announcement !== undefined) compiled.push(announcement)
        }
        waiting.push({ compiled, statementCount: statements.length, topics, resolve, reject })
        draining ??= drain()
      })
    },
    async end() {
      closing = true
      await draining
    },
  }
}
