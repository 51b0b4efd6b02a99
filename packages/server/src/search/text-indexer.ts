// Reads what the bodies of requests say, as far as this node can open them: a title for the list and words for the search.
// It follows the record from behind and never holds it up; where it stopped is kept, so nothing is passed over.

import { titleOf } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { putSetting, readSetting } from '../db/settings.ts'
import type { Statement } from '../db/statement.ts'
import { listChangedSubjects, readSubjects } from '../db/subjects.ts'
import { listMissingTexts, putText, readNewestDocument, readText, textsReadUntil } from '../db/texts.ts'
import { openStoredBody } from '../desk/open-body.ts'
import type { ParleyNode } from '../node.ts'
import { createTurns } from '../turns.ts'
import { listWords } from './words.ts'

const subjectsPerTurn = 50
const retryMillisecondsDefault = 5_000

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

  async function readChanged(): Promise<void> {
    for (;;) {
      const rows = await listChangedSubjects(reader, { topic: 'request', after: readUntil, limit: subjectsPerTurn })
      const last = rows.at(-1)
      if (last === undefined || closed) return
      await commitTexts(
        rows.map(({ acts, channel, id }) => ({ channel, subject: id, acts: JSON.parse(acts) as Act[] })),
        [putSetting(textsReadUntil, String(last.changed))],
      )
      readUntil = last.changed
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
    for (const { acts, channel, subject } of subjects) {
      const { missing, title, words } = await readActs(node, subject, acts)
      const document = (await readText(reader, channel, subject))?.document ?? ++next
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
      await readChanged()
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
        await readChanged()
        await readMissing()
      }),
    async close() {
      closed = true
      forget()
      clearInterval(retry)
      await turns.take(() => Promise.resolve())
    },
  }
}

/** What the acts of one subject say. A body that is sealed to others, erased or contradicts its entry says nothing. */
async function readActs(
  node: ParleyNode,
  subject: string,
  acts: readonly Act[],
): Promise<{ title: string | null; missing: boolean; words: string[] }> {
  const said: string[] = []
  let title: string | null = null
  let missing = false
  for (const { body, digest } of acts) {
    if (body === undefined) continue
    const found = await openStoredBody(node, body as Parameters<typeof openStoredBody>[1])
    if (found.state === 'missing') missing = true
    if (found.state !== 'opened') continue
    if (digest === subject) title = titleOf(found.content)
    said.push(...found.content.texts.map(({ text }) => text), ...Object.values(found.content.fields ?? {}))
    said.push(...(found.content.names ?? []).map(({ name }) => name))
  }
  // Its own number finds a request as well, by its beginning.
  return { title, missing, words: listWords([subject, ...said].join('\n')) }
}
