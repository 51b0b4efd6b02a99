// Receipts: by `entry.opened` a party says that it opened the body of another party's entry. It is the last standing of an
// entry, `opened`, and says nothing about agreement with what the body holds. SPEC.md [RC] rules it.

import { orderActs, type Act } from './act.ts'
import { codes, digest, object, type Infer } from './shape.ts'
import type { EntryType, Intent, Known, Topic } from './topic.ts'

const opened = object({ entry: digest() }, { standing: codes('standingSubject') })
export type ReceiptType = 'entry.opened'
type Opened = Infer<typeof opened>

const types: readonly EntryType[] = [
  {
    type: 'entry.opened',
    place: 'attached',
    shape: opened,
    demand: { count: 1, roles: ['duty', 'liaison', 'releasing', 'policy', 'cochair', 'operator'], alone: true },
    body: 'none',
  },
]

export type ReceiptRefusal =
  | 'receipt.entry-unknown'
  | 'receipt.own-entry'
  | 'receipt.no-body'
  | 'receipt.opened-already'
  | 'receipt.erased'

/** That a party has opened the body of an entry. */
export type Receipt = { readonly entry: string; readonly by: string; readonly receipt: string }

/** Sorted by (entry, by). */
export type ReceiptState = { readonly opened: readonly Receipt[] }

function viewReceipts(acts: readonly Act[]): ReceiptState {
  const receipts = orderActs(acts).flatMap((act): readonly Receipt[] => {
    return act.type === 'entry.opened'
      ? [{ entry: (act.data as Opened).entry, by: act.party, receipt: act.digest }]
      : []
  })
  return { opened: receipts.sort((a, b) => (`${a.entry} ${a.by}` < `${b.entry} ${b.by}` ? -1 : 1)) }
}

function mayOpenBody(intent: Intent, known: Known): ReceiptRefusal | undefined {
  const { entry } = intent.data as Opened
  const target = known.subject.find((act) => act.digest === entry)
  if (target === undefined) return 'receipt.entry-unknown'
  if (target.party === intent.party) return 'receipt.own-entry'
  const { body } = target
  if (body === undefined) return 'receipt.no-body'
  const mine = known.subject.filter((act) => act.party === intent.party)
  if (mine.some((act) => act.type === 'entry.opened' && act.data['entry'] === entry)) return 'receipt.opened-already'
  if (mine.some((act) => act.type === 'body.erased' && act.data['ciphertext'] === body.ciphertext))
    return 'receipt.erased'
  return undefined
}

export const receiptTopic: Topic<ReceiptState, ReceiptRefusal> = {
  name: 'receipt',
  types,
  may: mayOpenBody,
  view: viewReceipts,
}
