// What the entries of a case bundle say, in the order of the case: who said it, who approved it, when it was received, and its
// text where that was disclosed. It is handed only what was verified.

import { channelOrigin, seenSize, seenTime } from '@parley/record'
import type { CaseEntry, Genesis, OpenedCase } from '@parley/record'
import { judge, MechanismError, orderActs, parseBodyContent, readAct, viewSubject } from '@parley/mechanism'
import type { Act, BodyContent, Pack, SubjectState } from '@parley/mechanism'

/** One act of the case. Times are milliseconds since the epoch. */
export interface CaseAct {
  readonly digest: string
  readonly party: string
  readonly type: string
  readonly subject: string
  readonly exercise: boolean
  /** The author's own claim. */
  readonly at: number
  readonly data: CaseEntry['entry']['data']
  readonly approvedBy: CaseEntry['approvedBy']
  readonly place: { readonly origin: string; readonly index: number; readonly size: number }
  /** From the newest time that its author had seen to the earliest receipt by another party, each null where there is none. */
  readonly received: {
    readonly notBefore: number | null
    readonly notAfter: number | null
    /** Whose clock says so: the name of the cosigning key. */
    readonly by: string | null
  }
  readonly effect: 'allowed' | 'not-checked' | { readonly refused: string }
  readonly text:
    | 'none'
    | { readonly withheld: string; readonly size: number }
    | { readonly disclosed: BodyContent | 'not-readable' }
}

export interface CaseTold {
  readonly acts: readonly CaseAct[]
  /** The state of the case that follows from these acts alone; undefined without the pack that they stand on. */
  readonly state: SubjectState | undefined
}

const second = 1000

/** Reads the acts; `pack` answers for the pack of a digest. */
export function tellCase({ bundle, entries }: OpenedCase, pack: (digest: string) => Pack | undefined): CaseTold {
  const genesis = bundle.genesis.value
  const byDigest = new Map(entries.map((entry) => [entry.digest, entry]))
  const acts: Act[] = []
  const unread: CaseEntry[] = []
  for (const entry of entries) {
    const reading = readAct(entry.entry, placeOf(entry, genesis))
    if (reading.kind === 'act') acts.push(reading.act)
    else unread.push(entry)
  }
  const valid = new Map<string, Act[]>()
  const told: CaseAct[] = []
  let isChecked = true
  for (const act of orderActs(acts)) {
    const verdict = judge(act, {
      parties: genesis.parties.map(({ party }) => party),
      subject: valid.get(act.subject) ?? [],
      agreement: valid.get('agreement') ?? [],
      pack,
    })
    if (verdict.kind === 'waiting') isChecked = false
    if (verdict.kind === 'valid' || verdict.kind === 'waiting') {
      valid.set(act.subject, [...(valid.get(act.subject) ?? []), act])
    }
    const effect =
      verdict.kind === 'valid'
        ? 'allowed'
        : verdict.kind === 'invalid'
          ? ({ refused: verdict.code } as const)
          : 'not-checked'
    told.push(tell(bundle, byDigest.get(act.digest)!, act.subject, effect))
  }
  for (const entry of unread) told.push(tell(bundle, entry, entry.entry.subject ?? '', 'not-checked'))
  const { subject } = bundle.manifest
  const own = valid.get(subject)
  const parties = genesis.parties.map(({ party }) => party)
  return { acts: told, state: isChecked && own !== undefined ? viewSubject(subject, own, parties) : undefined }
}

function placeOf({ digest, entry, index, seen }: CaseEntry, { channel, parties }: Genesis) {
  const others = parties
    .filter(({ party }) => party !== entry.from)
    .map(({ party, prefix }) => ({ party, origin: channelOrigin(prefix, channel) }))
  return {
    index,
    digest,
    seen: Object.fromEntries(others.map(({ origin, party }) => [party, seenSize(seen, origin)])),
    seenTimes: Object.fromEntries(others.map(({ origin, party }) => [party, seenTime(seen, origin)])),
  }
}

function tell(
  bundle: OpenedCase['bundle'],
  { approvedBy, checkpoint, cosignatures, digest, entry, index, origin }: CaseEntry,
  subject: string,
  effect: CaseAct['effect'],
): CaseAct {
  const own = bundle.genesis.value.parties.find(({ party }) => party === entry.from)!.prefix
  const receipts = cosignatures
    .filter(({ cosigner }) => ![`${own}/mirror`, `${own}/witness`].includes(cosigner.name))
    .toSorted((one, other) => one.time - other.time)
  const seenTimes = entry.seen.map(({ time }) => time).filter((time) => time > 0)
  const [first] = receipts
  return {
    digest,
    party: entry.from,
    type: entry.type,
    subject,
    exercise: entry.exercise === true,
    at: entry.at,
    data: entry.data,
    approvedBy,
    place: { origin, index, size: checkpoint.size },
    received: {
      notBefore: seenTimes.length === 0 ? null : Math.max(...seenTimes) * second,
      // A cosignature names a second; the moment is somewhere within it.
      notAfter: first === undefined ? null : first.time * second + second - 1,
      by: first?.cosigner.name ?? null,
    },
    effect,
    text: textOf(bundle, entry.body),
  }
}

function textOf({ openings }: OpenedCase['bundle'], body: CaseEntry['entry']['body']): CaseAct['text'] {
  if (body === undefined) return 'none'
  const opened = openings.get(body.commitment)
  if (opened === undefined) return { withheld: body.commitment, size: body.size }
  try {
    return { disclosed: parseBodyContent(opened.plaintext) }
  } catch (error) {
    // What was said was never readable; that it was said is proven all the same.
    if (error instanceof MechanismError) return { disclosed: 'not-readable' }
    throw error
  }
}
