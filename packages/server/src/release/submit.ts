// Makes of a version of a draft the exact entry that is to be said, without approvals: its body sealed, what has been seen
// named, its digest fixed. From here on nothing is composed any more: these bytes are approved, and these are recorded.

import { entryDigest, formatEntry, withApprovals } from '@parley/record'
import type { CanonicalObject, Entry } from '@parley/record'
import { channelOrigin } from '@parley/record'
import { demandsOf, may } from '@parley/mechanism'
import type { Act, BodyContent } from '@parley/mechanism'
import { listAuthors } from '../db/drafts.ts'
import { putRelease } from '../db/releases.ts'
import { readSubjects } from '../db/subjects.ts'
import { checkForm } from '../desk/act.ts'
import { carryReceipt } from '../desk/carry-receipt.ts'
import { refuseAboveCeiling } from '../desk/guidelines.ts'
import { withMatter } from '../desk/matter.ts'
import { sealBody } from '../desk/seal-body.ts'
import { listSeen } from '../desk/seen.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { openDraft, takeTurn } from './drafts.ts'
import { openContent } from './draft-content.ts'
import { ReleaseError } from './error.ts'
import { excludedAuthors } from './rules.ts'
import { openWaiting } from './waiting.ts'
import type { WaitingRelease } from './waiting.ts'

/**
 * Submits a version for release, in place of what waited for this draft; approvals of that are void.
 *
 * @throws ReleaseError `draft.unknown`, `draft.moved`; ActMalformed; ServerError `entry.refused` with the code of the rule;
 *   MechanismError `body-content.*`
 */
export function submitDraft(
  node: ParleyNode,
  person: string,
  { channel, id, version }: { readonly channel: string; readonly id: string; readonly version: number },
): Promise<WaitingRelease> {
  return takeTurn(node, id, async () => {
    const { clock, crypto, database, home, registry } = node
    const row = await openDraft(node, channel, id)
    if (row.version !== version) throw new ReleaseError('draft.moved', 'the draft has been changed since')
    const { body, data: written, exercise } = openContent(node, row.content)
    checkForm({ type: row.type, data: written })
    const data = await carryReceipt(node, { channel, type: row.type, subject: row.subject ?? undefined, data: written })
    await checkRules(node, {
      channel,
      type: row.type,
      subject: row.subject ?? undefined,
      data,
      body: body !== undefined,
      exercise: exercise === true,
    })
    await refuseAboveCeiling(node, channel, { type: row.type, subject: row.subject ?? undefined, data })
    const sealed = body === undefined ? undefined : sealBody(crypto, registry, channel, body as unknown as BodyContent)
    const at = clock()
    const entry: Entry = withApprovals(
      {
        v: 1,
        channel,
        from: home.settings.party,
        type: row.type,
        ...(row.subject === null ? {} : { subject: row.subject }),
        at,
        seen: await listSeen(node, channel),
        data: withMatter(node, channel, { type: row.type, data, body }),
        ...(sealed === undefined ? {} : { body: sealed.reference }),
        ...(exercise === undefined ? {} : { exercise }),
      },
      [],
    )
    const origin = channelOrigin(home.settings.prefix, channel)
    const release = {
      draft: id,
      version,
      digest: Uint8Array.fromHex(entryDigest(crypto, entry)),
      entry: formatEntry(entry),
      body: sealed?.sealed.bytes ?? null,
      ownSize: node.state.own.get(origin)?.frontier.size ?? 0,
      frozen: at,
      frozenBy: person,
    }
    // Whoever submits has had a hand in it too.
    const authors = [...new Set([...(await listAuthors(database.reader, id)), person])]
    await database.writer.commit(putRelease(release, excludedAuthors(demandsOf(row.type), authors)))
    return openWaiting(node, channel, id)
  })
}

/** The log asks once more when it is recorded; here so that nobody approves in vain. */
async function checkRules(
  { database, packs, registry }: ParleyNode,
  intent: {
    readonly channel: string
    readonly type: string
    readonly subject: string | undefined
    readonly data: CanonicalObject
    readonly body: boolean
    readonly exercise: boolean
  },
): Promise<void> {
  const { body, channel, data, exercise, subject, type } = intent
  const ids = [...new Set([subject ?? 'agreement', 'agreement'])]
  const rows = await readSubjects(database.reader, channel, ids)
  const acts = (id: string): Act[] => {
    const row = rows.find((one) => one.id === id)
    return row === undefined ? [] : (JSON.parse(row.acts) as Act[])
  }
  const meant = { party: registry.self, type, data, body, exercise, ...(subject === undefined ? {} : { subject }) }
  const refusal = may(meant, {
    parties: registry.channel(channel).parties,
    subject: subject === undefined ? [] : acts(subject),
    agreement: acts('agreement'),
    pack: (digest) => packs.get(digest),
  })
  if (refusal !== undefined) {
    throw new ServerError('entry.refused', 'the act is not allowed here', { detail: refusal })
  }
}
