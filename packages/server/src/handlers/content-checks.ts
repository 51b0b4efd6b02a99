// What is said of an act's content before it leaves: what the receiver would return it for, whether the channel may carry it,
// and who asks about the same already.

import { findAboveCeiling, listGiven, listMissing } from '@parley/mechanism'
import type { Asked, Guidelines, RequestState } from '@parley/mechanism'
import type { ContentChecks } from '@parley/api'
import { readGuidelines } from '../desk/guidelines.ts'
import { deriveMatter } from '../desk/matter.ts'
import type { ParleyNode } from '../node.ts'
import { viewAlsoAsked } from './request-ties.ts'
import { readSubject } from './subject-acts.ts'

/** Content as far as it has been written: nothing here has been checked against the shape of its type. */
export interface MeantContent {
  readonly channel: string
  readonly type: string
  readonly subject: string | undefined
  readonly data: Readonly<Record<string, unknown>>
  readonly body: { readonly attachments?: unknown; readonly fields?: unknown } | undefined
}

export async function checkContent(node: ParleyNode, content: MeantContent): Promise<ContentChecks> {
  const { body, channel, data, subject, type } = content
  const guidelines = await readGuidelines(node, channel, subject)
  const state = await readRequest(node, channel, subject)
  const given = Array.isArray(data['matter']) ? data['matter'].map(String) : []
  const matter = [...given, ...deriveMatter(node, channel, { type, data, body })]
  return {
    missing: [...listLacking(content, state, guidelines)],
    ceiling: guidelines?.ceiling.handling ?? null,
    aboveCeiling: data['handling'] !== undefined && findAboveCeiling({ type, data }, guidelines) !== undefined,
    alsoAsked: await viewAlsoAsked(node, channel, matter, subject),
    loose: await listLoose(node, channel, body?.attachments),
  }
}

async function readRequest(node: ParleyNode, channel: string, subject: string | undefined) {
  if (subject === undefined) return undefined
  const { state } = await readSubject(node, channel, subject)
  return state?.topic === 'request' ? state.state : undefined
}

/** By what is opened, or by what is supplemented together with what was given before; other acts give no particulars. */
function listLacking(
  { body, data, type }: MeantContent,
  state: RequestState | undefined,
  guidelines: Guidelines | undefined,
): readonly string[] {
  const fields = body?.fields
  const isFields = typeof fields === 'object' && fields !== null && !Array.isArray(fields)
  const declared = Array.isArray(data['particulars']) ? data['particulars'].map(String) : []
  const given = [...declared, ...(isFields ? listGiven(fields as Record<string, string>) : [])]
  if (type === 'request.opened' && typeof data['kind'] === 'string') {
    const { kind, relation, urgency = 'ordinary' } = data
    return listMissing({ kind, relation, urgency } as Asked, given, guidelines)
  }
  if (type !== 'request.supplemented' || state === undefined) return []
  const urgency = (data['urgency'] ?? state.urgency) as Asked['urgency']
  return listMissing({ ...state, urgency }, [...state.particulars, ...given], guidelines)
}

/** Attachments that point to an item which no other party could have: whoever reads of them would look in vain. */
async function listLoose({ evidence, registry }: ParleyNode, channel: string, attachments: unknown): Promise<string[]> {
  const named = (Array.isArray(attachments) ? attachments : []) as {
    readonly item?: unknown
    readonly name?: unknown
  }[]
  const loose = await Promise.all(
    named.map(async ({ item, name }) => {
      if (typeof item !== 'string') return []
      const state = await evidence.readItem(channel, item)
      const isShared = state?.custody.some(({ party }) => party !== registry.self) ?? false
      return isShared ? [] : [String(name)]
    }),
  )
  return loose.flat()
}
