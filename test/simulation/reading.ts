// What a node makes of its logs: a verdict on each entry in its order, and the state of each subject. The real predicate
// and the real mechanism; only who reads the disk is simulated.

import {
  formatCanonical,
  formatHex,
  judgeGovernance,
  judgeRecord,
  listSeenOrigins,
  type GovernanceState,
  type Seen,
} from '@parley/record'
import { carriedReceipt, demandsOf, findType, judge, readAct, viewSubject, type Act } from '@parley/mechanism'
import type { Cast, SimulatedParty } from './parties.ts'
import type { Store } from './store.ts'
import { stubCrypto } from './stub-crypto.ts'

export interface Verdict {
  readonly kind: 'valid' | 'invalid' | 'unknown'
  readonly code: string
}

/** Ways to read wrongly, for bugs planted on purpose. */
export interface ReadingBugs {
  readonly countAcceptedOnly?: boolean
  readonly seeEverything?: boolean
}

interface Cursor {
  position: number
  readonly verdicts: Verdict[]
  readonly digests: Set<string>
  seen: readonly Seen[]
}

export class Reading {
  readonly #cast: Cast
  readonly #store: Store
  readonly #bugs: ReadingBugs
  readonly #cursors = new Map<string, Cursor>()
  readonly #governance = new Map<string, GovernanceState>()
  readonly #acts = new Map<string, Act[]>([['agreement', []]])

  constructor(cast: Cast, store: Store, bugs: ReadingBugs) {
    this.#cast = cast
    this.#store = store
    this.#bugs = bugs
  }

  verdicts(origin: string): readonly Verdict[] {
    return this.#cursor(origin).verdicts
  }

  /** The effective seen after the last entry that was judged. */
  seen(origin: string): readonly Seen[] {
    return this.#cursor(origin).seen
  }

  /** Valid acts by subject. */
  get acts(): ReadonlyMap<string, readonly Act[]> {
    return this.#acts
  }

  hasDigest(origin: string, digest: string): boolean {
    return this.#cursor(origin).digests.has(digest)
  }

  #cursor(origin: string): Cursor {
    let cursor = this.#cursors.get(origin)
    if (cursor === undefined) {
      cursor = { position: 0, verdicts: [], digests: new Set(), seen: [] }
      this.#cursors.set(origin, cursor)
    }
    return cursor
  }

  /** Judges whatever can be judged now. */
  async readOn(): Promise<void> {
    for (let further = true; further;) {
      further = false
      for (const party of this.#cast.parties) {
        if (await this.#readGovernance(party)) further = true
        if (await this.#readChannel(party)) further = true
      }
    }
    if (this.#bugs.seeEverything) this.#judgeAgain()
  }

  async #readGovernance(party: SimulatedParty): Promise<boolean> {
    const cursor = this.#cursor(party.governanceLog)
    const { entries } = this.#store.log(party.governanceLog)
    const before = cursor.position
    for (let bytes = entries[cursor.position]; bytes !== undefined; bytes = entries[cursor.position]) {
      if (cursor.position === 0) {
        // The card was handed over with the agreement; a log that begins otherwise is nobody's.
        const same = formatHex(bytes) === formatHex(party.founded)
        if (same) this.#governance.set(party.party, party.governance)
        this.#advance(cursor, same ? { kind: 'valid', code: '' } : { kind: 'invalid', code: 'genesis.party' })
        continue
      }
      const state = this.#governance.get(party.party)
      if (state === undefined) return false
      const replay = (digest: string): boolean => cursor.digests.has(digest)
      const verdict = await judgeGovernance({ crypto: stubCrypto, bytes, state, replay })
      if ('digest' in verdict) cursor.digests.add(verdict.digest)
      this.#governance.set(party.party, verdict.state)
      this.#advance(cursor, { kind: verdict.kind, code: verdict.kind === 'invalid' ? verdict.code : '' })
    }
    return cursor.position > before
  }

  async #readChannel(party: SimulatedParty): Promise<boolean> {
    const cursor = this.#cursor(party.channelLog)
    const { entries } = this.#store.log(party.channelLog)
    const before = cursor.position
    for (let bytes = entries[cursor.position]; bytes !== undefined; bytes = entries[cursor.position]) {
      const governance = this.#governance.get(party.party)
      if (governance === undefined) break
      const verdict = await judgeRecord({
        crypto: stubCrypto,
        bytes,
        log: { channel: this.#cast.genesis.channel, party: party.party },
        index: cursor.position,
        seenBefore: cursor.seen,
        seenOrigins: this.#seenOrigins(party.party),
        replay: (digest) => cursor.digests.has(digest),
        // Replicated is not enough: whatever the author had before it must have its verdict first.
        seenRoots: (origin, size) => {
          const tree = this.#store.logs.get(origin)?.tree
          return tree === undefined || this.#cursor(origin).position < size ? 'unknown' : tree.root(size)
        },
        governance,
        demands: (type) => (findType(type) === undefined ? undefined : demandsOf(type)),
        receiptOf: carriedReceipt,
        otherGovernance: (other) => (other === party.party ? undefined : this.#governance.get(other)),
      })
      if (verdict.kind === 'waiting') break
      cursor.seen = verdict.seen
      if (verdict.digest !== undefined) cursor.digests.add(verdict.digest)
      if (verdict.kind !== 'valid') {
        this.#advance(cursor, { kind: verdict.kind, code: verdict.kind === 'invalid' ? verdict.code : '' })
        continue
      }
      const reading = readAct(verdict.entry, {
        index: cursor.position,
        digest: verdict.digest,
        seen: this.#seenByParty(verdict.seen),
      })
      if (reading.kind !== 'act') {
        this.#advance(cursor, { kind: reading.kind, code: reading.kind === 'invalid' ? reading.code : '' })
        continue
      }
      const judged = this.#judgeAct(reading.act)
      if (judged.kind === 'waiting') break
      if (judged.kind === 'valid') this.#keepAct(reading.act)
      this.#advance(cursor, { kind: judged.kind, code: judged.kind === 'invalid' ? judged.code : '' })
    }
    return cursor.position > before
  }

  #judgeAct(act: Act): ReturnType<typeof judge> {
    const parties = this.#cast.parties.map(({ party }) => party)
    const subject = this.#acts.get(act.subject) ?? []
    return judge(act, { parties, subject, agreement: this.#acts.get('agreement')!, pack: () => undefined })
  }

  #keepAct(act: Act): void {
    const acts = this.#acts.get(act.subject)
    if (acts === undefined) this.#acts.set(act.subject, [act])
    else acts.push(act)
  }

  #advance(cursor: Cursor, verdict: Verdict): void {
    cursor.verdicts.push(verdict)
    if (!this.#bugs.countAcceptedOnly || verdict.kind === 'valid') cursor.position += 1
    // The bug would go round for ever on one bad entry; a real one would at some time be looked at.
    else if (cursor.verdicts.length > cursor.position + 20) cursor.position += 1
  }

  /** The planted bug: every act is judged anew with everything in view that has arrived since. */
  #judgeAgain(): void {
    for (const [subject, acts] of this.#acts) {
      if (subject === 'agreement') continue
      for (const act of acts) {
        const sizes = Object.fromEntries(this.#cast.parties.map(({ party }) => [party, 1_000_000]))
        const verdict = this.#judgeAct({ ...act, seen: sizes })
        const origin = this.#cast.parties.find(({ party }) => party === act.party)!.channelLog
        const code = verdict.kind === 'invalid' ? verdict.code : ''
        if (verdict.kind !== 'waiting') this.#cursor(origin).verdicts[act.index] = { kind: verdict.kind, code }
      }
    }
  }

  #seenOrigins(party: string): ReadonlySet<string> {
    return listSeenOrigins(this.#cast.genesis, party)
  }

  #seenByParty(seen: readonly Seen[]): Record<string, number> {
    const sizes: Record<string, number> = {}
    for (const { party, channelLog } of this.#cast.parties) {
      const found = seen.find(({ origin }) => origin === channelLog)
      if (found !== undefined) sizes[party] = found.size
    }
    return sizes
  }

  /** The state of every subject and the verdict on every entry, as canonical bytes in hexadecimal. */
  projection(): string {
    const parties = this.#cast.parties.map(({ party }) => party)
    const states = [...this.#acts.keys()].sort().map((subject) => {
      return [subject, viewSubject(subject, this.#acts.get(subject)!, parties)]
    })
    const verdicts = this.#cast.parties.flatMap(({ channelLog, governanceLog }) =>
      [channelLog, governanceLog].map((origin) => this.verdicts(origin).map(({ kind, code }) => `${kind} ${code}`)),
    )
    return formatHex(stubCrypto.sha256(formatCanonical({ states, verdicts })))
  }
}
