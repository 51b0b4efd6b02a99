// The operations on what waits for release. What is shown is read out of the very bytes that are approved.

import { keyAt } from '@parley/record'
import type { DataObject, Operations, ReleaseRow, ReleaseView, SealingRecipient, StateObject } from '@parley/api'
import type { BodyContent } from '@parley/mechanism'
import { listStoredOfficials } from '../db/officials.ts'
import { openSealedBody } from '../desk/open-body.ts'
import { listRecipientsSeen } from '../desk/seal-body.ts'
import { ServerError } from '../error.ts'
import type { EventHub } from '../http/events.ts'
import type { Handler, SignedInCaller } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { approveRelease, revokeApproval } from '../release/approve.ts'
import { releaseDraft } from '../release/release.ts'
import { ruleApprove, ruleRelease } from '../release/rules.ts'
import { submitDraft } from '../release/submit.ts'
import { isInForce, listWaiting, officialSeenBy, openWaiting } from '../release/waiting.ts'
import type { WaitingRelease } from '../release/waiting.ts'
import { viewRecorded } from './acts.ts'
import { checkContent } from './content-checks.ts'
import { readColleagues } from './colleagues.ts'

type ReleaseOperation =
  | 'submitDraft'
  | 'listReleases'
  | 'viewRelease'
  | 'approveRelease'
  | 'revokeApproval'
  | 'releaseDraft'

export function createReleaseHandlers(
  node: ParleyNode,
  events: Pick<EventHub, 'publish'>,
): { readonly [N in ReleaseOperation]: Handler<Operations[N]> } {
  const tell = (channel: string): void => events.publish({ topic: 'release', channel })
  return {
    async submitDraft({ body, caller, params: { channel, draft: id } }) {
      const waiting = await submitDraft(node, caller.account.id, { channel, id, version: body.version })
      tell(channel)
      events.publish({ topic: 'draft', channel })
      return show(node, waiting, caller)
    },
    async listReleases({ caller, params: { channel } }) {
      const waiting = await listWaiting(node, channel)
      return { items: await Promise.all(waiting.map((one) => showRow(node, one, caller))) }
    },
    async viewRelease({ caller, params: { channel, draft } }) {
      return show(node, await openWaiting(node, channel, draft), caller)
    },
    async approveRelease({ body, caller, params }) {
      const order = { ...params, digest: body.digest, person: caller.account.id }
      const waiting = await approveRelease(node, order, body.approval)
      tell(params.channel)
      return show(node, waiting, caller)
    },
    async revokeApproval({ body, caller, params }) {
      const waiting = await revokeApproval(node, { ...params, digest: body.digest, person: caller.account.id })
      tell(params.channel)
      return show(node, waiting, caller)
    },
    async releaseDraft({ body, params }) {
      const recorded = await releaseDraft(node, { ...params, digest: body.digest })
      tell(params.channel)
      events.publish({ topic: 'draft', channel: params.channel })
      return viewRecorded(node, recorded)
    },
  }
}

/** The caller's keys in force, with their roles at the size of the governance log that the entry has seen. */
async function listKeys(node: ParleyNode, { entryValue }: WaitingRelease, { account }: SignedInCaller) {
  const owned = await listStoredOfficials(node.database.reader, account.id)
  return owned.flatMap(({ official, passkey }) => {
    const seen = isInForce(node, official) ? officialSeenBy(node, entryValue, official) : undefined
    return seen === undefined ? [] : [{ official, roles: [...seen.roles], passkey }]
  })
}

async function showRow(node: ParleyNode, waiting: WaitingRelease, caller: SignedInCaller): Promise<ReleaseRow> {
  const { approvals, authors, demand, digest, draft, entryValue, frozen, frozenBy, missing, stale, version } = waiting
  const nameOf = await readColleagues(node)
  const person = caller.account.id
  const keys = await listKeys(node, waiting, caller)
  const refusals = keys.map(({ official, roles }) => ruleApprove(waiting, demand, { person, official, roles }))
  const mayApprove = refusals.length === 0 ? noKey(authors.includes(person)) : pickRefusal(refusals)
  const mayRelease = ruleRelease(waiting, demand, {
    inForce: (official) => isInForce(node, official),
    stale,
    aboveCeiling: waiting.aboveCeiling !== undefined,
  })
  return {
    draft,
    channel: entryValue.channel,
    version,
    digest: digest.toHex(),
    type: entryValue.type,
    ...(entryValue.subject === undefined ? {} : { subject: entryValue.subject }),
    submitted: frozen,
    submittedBy: nameOf(frozenBy),
    authors: authors.map(nameOf),
    approvals: approvals.map(({ approval, at, inForce, official, person: one, roles }) => ({
      person: nameOf(one),
      official,
      kind: 'assertion' in approval ? 'passkey' : 'ed25519',
      roles: [...roles],
      at,
      inForce,
    })),
    demand: { count: demand.count, roles: [...demand.roles] },
    missing,
    stale,
    may: { approve: ability(mayApprove), release: ability(mayRelease) },
  }
}

const noKey = (isAuthor: boolean) => (isAuthor ? 'release.author' : 'release.official')

/** Any key that may, may; if none may, the first says why. */
function pickRefusal<Code>(refusals: readonly (Code | undefined)[]): Code | undefined {
  return refusals.includes(undefined) ? undefined : refusals[0]
}

function ability(reason: string | undefined): { allowed: boolean; reason?: string } {
  return reason === undefined ? { allowed: true } : { allowed: false, reason }
}

async function show(node: ParleyNode, waiting: WaitingRelease, caller: SignedInCaller): Promise<ReleaseView> {
  const { entryValue } = waiting
  const { body, data, exercise } = entryValue
  const row = await showRow(node, waiting, caller)
  const keys = await listKeys(node, waiting, caller)
  const content = openWaitingBody(node, waiting)
  const { channel, subject, type } = entryValue
  const checks = await checkContent(node, { channel, type, subject, data, body: content })
  const view = { ...row, data: data as DataObject, exercise: exercise === true, keys, checks }
  if (body === undefined || content === undefined) return view
  const { ciphertext: digest, size } = body
  const recipients = listNamedRecipients(node, waiting)
  return { ...view, body: { digest, size, plaintext: content as unknown as StateObject, recipients } }
}

function openWaitingBody(node: ParleyNode, { body: bytes, entryValue }: WaitingRelease): BodyContent | undefined {
  if (entryValue.body === undefined || bytes === null) return undefined
  const found = openSealedBody(node, entryValue.body, bytes)
  if (found.state === 'opened') return found.content
  throw new ServerError('body.unreadable', 'what waits cannot be opened with our own keys')
}

/** Whom the body is sealed to: the parties' authorities and our own archive. */
function listNamedRecipients({ registry }: ParleyNode, { entryValue }: WaitingRelease): SealingRecipient[] {
  const { channel, seen } = entryValue
  const own = registry.governance(registry.self)
  return listRecipientsSeen(registry, channel, seen).map((key) => ({
    party: registry.parties().find((party) => registry.key(party, 'sealing') === key) ?? registry.self,
    purpose: keyAt(own, 'archive', own.size) === key ? ('archive' as const) : ('authority' as const),
    key,
  }))
}
