// For tests: the verdicts and states of a whole history, entry by entry in the order of arrival.

import type { Act } from '../act.ts'
import { judge, type Verdict } from '../verdict.ts'
import type { History } from './histories.ts'
import { packAtHand } from './samples.ts'

interface Judged {
  /** By digest, in the order of the acts. */
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly valid: readonly Act[]
  /** The valid acts of one subject. */
  readonly of: (subject: string) => readonly Act[]
}

/** Judges the acts in the order given; each must come after what it had seen. */
export function judgeAll(history: Pick<History, 'acts' | 'parties'>): Judged {
  const verdicts = new Map<string, Verdict>()
  const valid: Act[] = []
  const of = (subject: string) => valid.filter((act) => act.subject === subject)
  for (const act of history.acts) {
    const verdict = judge(act, {
      parties: history.parties,
      subject: of(act.subject),
      agreement: of('agreement'),
      pack: packAtHand,
    })
    verdicts.set(act.digest, verdict)
    if (verdict.kind === 'valid') valid.push(act)
  }
  return { verdicts, valid, of }
}

/** The verdict on the history's last act: `valid`, or the code that it is refused by. */
export function lastVerdict(history: History): string {
  const verdict = judgeAll(history).verdicts.get(history.acts.at(-1)!.digest)!
  return 'code' in verdict ? verdict.code : verdict.kind
}
