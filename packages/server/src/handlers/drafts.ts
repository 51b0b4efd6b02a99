// The operations on drafts.

import type { DataObject, DraftRow, DraftView, Operations, StateObject } from '@parley/api'
import type { EventHub } from '../http/events.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import type { DraftContent } from '../release/draft-content.ts'
import { createDraft, discardDraft, listChannelDrafts, saveNextVersion, viewDraft } from '../release/drafts.ts'
import type { Draft } from '../release/drafts.ts'
import { createPresence } from '../release/presence.ts'
import { checkContent } from './content-checks.ts'
import { readColleagues } from './colleagues.ts'
import type { NameOf } from './colleagues.ts'

type DraftOperation = 'createDraft' | 'listDrafts' | 'viewDraft' | 'saveDraft' | 'discardDraft' | 'joinDraft'

export function createDraftHandlers(
  node: ParleyNode,
  events: Pick<EventHub, 'publish'>,
): { readonly [N in DraftOperation]: Handler<Operations[N]> } {
  const presence = createPresence(node.clock)
  const tell = (channel: string): void => {
    events.publish({ topic: 'draft', channel })
    events.publish({ topic: 'release', channel })
  }
  return {
    async createDraft({ body, caller, params: { channel } }) {
      const { subject, type } = body
      const begun = { channel, type, content: contentOf(body), ...(subject === undefined ? {} : { subject }) }
      const draft = await createDraft(node, caller.account.id, begun)
      tell(channel)
      return show(node, draft)
    },
    async listDrafts({ params: { channel } }) {
      const nameOf = await readColleagues(node)
      return { items: (await listChannelDrafts(node, channel)).map((draft) => showRow(draft, nameOf)) }
    },
    async viewDraft({ params: { channel, draft } }) {
      return show(node, await viewDraft(node, channel, draft))
    },
    async saveDraft({ body, caller, params: { channel, draft: id } }) {
      const save = { channel, id, version: body.version, content: contentOf(body) }
      const { draft, kind } = await saveNextVersion(node, caller.account.id, save)
      if (kind === 'saved') tell(channel)
      return { outcome: kind, draft: await show(node, draft) }
    },
    async discardDraft({ body, params: { channel, draft } }) {
      await discardDraft(node, channel, draft, body.version)
      tell(channel)
    },
    async joinDraft({ caller, params: { channel, draft } }) {
      await viewDraft(node, channel, draft)
      const { news, people } = presence.note(draft, caller.account.id)
      if (news) events.publish({ topic: 'draft', channel })
      return { people: people.map(await readColleagues(node)) }
    },
  }
}

function contentOf(said: {
  readonly data: DataObject
  readonly body?: StateObject | undefined
  readonly exercise?: true | undefined
}): DraftContent {
  const { body, data, exercise } = said
  return {
    data: data,
    ...(body === undefined ? {} : { body: body }),
    ...(exercise === undefined ? {} : { exercise }),
  }
}

function showRow(draft: Draft, nameOf: NameOf): DraftRow {
  const { authors, changed, changedBy, channel, created, createdBy, id, subject, submitted, type, version } = draft
  return {
    id,
    channel,
    type,
    ...(subject === null ? {} : { subject }),
    version,
    created,
    createdBy: nameOf(createdBy),
    changed,
    changedBy: nameOf(changedBy),
    authors: authors.map(nameOf),
    submitted,
  }
}

async function show(node: ParleyNode, draft: Draft): Promise<DraftView> {
  const { channel, content, subject, type } = draft
  const { body, data, exercise } = content
  return {
    ...showRow(draft, await readColleagues(node)),
    checks: await checkContent(node, { channel, type, subject: subject ?? undefined, data, body }),
    data: data as DataObject,
    ...(body === undefined ? {} : { body: body as StateObject }),
    ...(exercise === undefined ? {} : { exercise }),
  }
}
