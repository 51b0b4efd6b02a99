// Reads what the bodies of requests say, as far as this node can open them: a title for the list and words for the search.
// It follows the record from behind and never holds it up; where it stopped is kept, so nothing is passed over.

import { setTimeout as pause } from 'node:timers/promises'
import type { BodyReference } from '@parley/record'
import { titleOf } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { putSetting, readSetting } from '../db/settings.ts'
import type { Statement } from '../db/statement.ts'
import { listChangedSubjects, readSubjects } from '../db/subjects.ts'
import { listMissingTexts, putText, readDocuments, readNewestDocument, textsReadUntil } from '../db/texts.ts'
import { openStoredBodies } from '../desk/open-body.ts'
import type { BodyFound } from '../desk/open-body.ts'
import type { ParleyNode } from '../node.ts'
import { createTurns } from '../turns.ts'
import { listWords } from './words.ts'

const subjectsPerTurn = 50
const retryMillisecondsDefault = 5_000
/** While entries are being recorded, this much longer than it read it leaves the machine to them. */
const restTimes = 4
const restMillisecondsMax = 500

export interface TextIndexer {
  /** Resolves when everything that had changed is in the index, and what can be read now of what was missing. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

export interface TextIndexerOptions {
  /** Hears of each subject whose text was read. */
  readonly indexed: (subject: { readonly channel: string; readonly subject: string }) => void
  readonly failed: (error: unknown) => void
  readonly retryMilliseconds?: number
}

export async function createTextIndexer(node: ParleyNode, options: TextIndexerOptions): Promise<TextIndexer> {
  const { reader, writer } = node.database
  const turns = createTurns()
  let readUntil = Number((await readSetting(reader, textsReadUntil)) ?? 0)
  let newest = await readNewestDocument(reader)
  let asked = false
  let closed = false
  const closing = new AbortController()

  /** Opening bodies is as dear as recording them is, so that both at once would halve what can be recorded. */
  async function rest(began: number): Promise<void> {
    if (node.state.committing === undefined && node.state.preparing === undefined) return
    const milliseconds = Math.min(restMillisecondsMax, restTimes * (performance.now() - began))
    await pause(milliseconds, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
  }

  async function readChanged(isPressing: boolean): Promise<void> {
    for (;;) {
      const began = performance.now()
      const rows = await listChangedSubjects(reader, { topic: 'request', after: readUntil, limit: subjectsPerTurn })
      const last = rows.at(-1)
      if (last === undefined || closed) return
      await commitTexts(
        rows.map(({ acts, channel, id }) => ({ channel, subject: id, acts: JSON.parse(acts) as Act[] })),
        [putSetting(textsReadUntil, String(last.changed))],
      )
      readUntil = last.changed
      if (!isPressing) await rest(began)
    }
  }

  async function readMissing(): Promise<void> {
    for (let after = 0; ;) {
      const texts = await listMissingTexts(reader, { after, limit: subjectsPerTurn })
      const last = texts.at(-1)
      if (last === undefined || closed) return
      const subjects = []
      for (const { channel, subject } of texts) {
        const [row] = await readSubjects(reader, channel, [subject])
        if (row !== undefined) subjects.push({ channel, subject, acts: JSON.parse(row.acts) as Act[] })
      }
      await commitTexts(subjects, [])
      after = last.document
    }
  }

  async function commitTexts(
    subjects: readonly { readonly channel: string; readonly subject: string; readonly acts: readonly Act[] }[],
    also: readonly Statement[],
  ): Promise<void> {
    const read: Statement[] = []
    let next = newest
    const withBodies = subjects.flatMap(({ acts }) => acts.filter(({ body }) => body !== undefined))
    const found = await openStoredBodies(
      node,
      withBodies.map(({ body }) => body as BodyReference),
    )
    const bodies = new Map(withBodies.map((act, i) => [act, found[i]!]))
    const documents = await readDocuments(reader, subjects)
    for (const [i, { acts, channel, subject }] of subjects.entries()) {
      const { missing, title, words } = readActs(subject, acts, bodies)
      const document = documents[i] ?? ++next
      read.push(...putText({ document, channel, subject, title, missing }, words))
    }
    await writer.commit([...read, ...also])
    newest = next
    for (const { channel, subject } of subjects) options.indexed({ channel, subject })
  }

  function take(work: () => Promise<void>): Promise<void> {
    return turns.take(async () => {
      if (!closed) await work()
    })
  }

  function follow(): void {
    if (asked || closed) return
    asked = true
    void take(async () => {
      asked = false
      await readChanged(false)
    }).catch(options.failed)
  }

  const forget = node.listen((change) => {
    if (change.kind === 'subject') follow()
  })
  const retry = setInterval(() => {
    void take(readMissing).catch(options.failed)
  }, options.retryMilliseconds ?? retryMillisecondsDefault)
  retry.unref()
  follow()

  return {
    catchUp: () =>
      take(async () => {
        await readChanged(true)
        await readMissing()
      }),
    async close() {
      closed = true
      closing.abort()
      forget()
      clearInterval(retry)
      await turns.take(() => Promise.resolve())
    },
  }
}

/** What the acts of one subject say. A body that is sealed to others, erased or contradicts its entry says nothing. */
function readActs(
  subject: string,
  acts: readonly Act[],
  bodies: ReadonlyMap<Act, BodyFound>,
): { title: string | null; missing: boolean; words: string[] } {
  const said: string[] = []
  let title: string | null = null
  let missing = false
  for (const act of acts) {
    const found = bodies.get(act)
    if (found === undefined) continue
    if (found.state === 'missing') missing = true
    if (found.state !== 'opened') continue
    if (act.digest === subject) title = titleOf(found.content)
    said.push(...found.content.texts.map(({ text }) => text), ...Object.values(found.content.fields ?? {}))
    said.push(...(found.content.names ?? []).map(({ name }) => name))
  }
  // Its own number finds a request as well, by its beginning.
  return { title, missing, words: listWords([subject, ...said].join('\n')) }
}
