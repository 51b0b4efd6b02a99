// Who may decide about people, and whether alone: pure rules over who the administrators are. The adversary is one
// administrator, or whoever holds the machine.

import type { ChangeKind } from './changes.ts'

/** Who wants a change: a person by their account, or the machine by its token. */
export type Actor =
  | { readonly kind: 'person'; readonly account: string }
  | { readonly kind: 'machine'; readonly name: string }

export interface ChangeQuestion {
  readonly kind: ChangeKind
  /** The person whom it is about; a new one for `add`. */
  readonly subject: string
  /** Active accounts that are administrators of the whole node. */
  readonly administrators: readonly string[]
  /** How long it has waited, in milliseconds; 0 for what is only wanted. */
  readonly age: number
  /** Whether a person, and not the machine, proposed it. */
  readonly proposedByPerson: boolean
  /** Whether the subject would be an active administrator afterwards. */
  readonly leavesAdministrator: boolean
}

/**
 * Where the machine is one of the two who recover an administrator, the others, and the one it is about, have so long to see it
 * and to reject it: one administrator with the machine in hand does not take over the other's account unnoticed.
 */
export const machineRecoveryMillisecondsMin = 24 * 60 * 60_000

/** `alone`: it is done at once. `second`: another must approve it. Else the code of the rule that refuses it. */
export type Ruling =
  | { readonly kind: 'alone' }
  | { readonly kind: 'second' }
  | { readonly kind: 'refused'; readonly reason: string }

const alone: Ruling = { kind: 'alone' }
const second: Ruling = { kind: 'second' }
const refused = (reason: string): Ruling => ({ kind: 'refused', reason })

/** What becomes of a change that somebody wants. */
export function rulePropose(question: ChangeQuestion, actor: Actor): Ruling {
  const { administrators, kind, subject } = question
  const others = administrators.filter((account) => account !== subject)
  if (losesLast(question)) return refused('people.last-administrator')
  if (actor.kind === 'machine') {
    if (kind === 'add')
      return administrators.length === 0 && question.leavesAdministrator ? alone : refused('people.machine')
    // Where one administrator is left beside the person, the machine stands in for the second, and where none is, for both.
    if (kind !== 'recover' || others.length > 1) return refused('people.machine')
    return others.length === 0 ? alone : second
  }
  if (actor.account === subject) return refused('people.self')
  if (kind === 'recover') return second
  return administrators.some((account) => account !== actor.account) ? second : alone
}

/**
 * What becomes of what somebody wants for themselves, a key or an export of much: somebody else decides, always, and there must
 * be somebody.
 */
export function ruleOwn({ administrators, subject }: ChangeQuestion): Ruling {
  return administrators.some((account) => account !== subject) ? second : refused('people.self')
}

/** Whether somebody may approve what another proposed. */
export function ruleApprove(question: ChangeQuestion, proposedBy: string, actor: Actor): Ruling {
  const { administrators, kind, subject } = question
  if (losesLast(question)) return refused('people.last-administrator')
  const others = administrators.filter((account) => account !== subject && account !== proposedBy)
  const byMachine = actor.kind === 'machine' || !question.proposedByPerson
  const takesOver = kind === 'recover' && byMachine && administrators.includes(subject)
  if (takesOver && question.age < machineRecoveryMillisecondsMin) return refused('people.early')
  if (actor.kind === 'machine') {
    return kind === 'recover' && others.length === 0 && proposedBy !== actor.name ? alone : refused('people.machine')
  }
  if (actor.account === proposedBy || !administrators.includes(actor.account)) return refused('people.self')
  // Of two administrators the other one consents to what becomes of themselves; where there are more, somebody else decides.
  return actor.account === subject && others.length > 0 ? refused('people.self') : alone
}

function losesLast({ administrators, kind, leavesAdministrator, subject }: ChangeQuestion): boolean {
  if (kind !== 'roles' && kind !== 'end') return false
  return !leavesAdministrator && administrators.includes(subject) && administrators.length === 1
}
