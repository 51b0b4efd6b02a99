// The newest signed checkpoint of each log, with the cosignature lines that are held over it: what peers, witnesses and
// readers of c2sp.org/tlog-tiles are shown.

import { appendSignatureLines } from '@parley/record'
import type { CoreState, SignedHead } from '@parley/record/core'
import { listCosignatures } from '../db/cosignatures.ts'
import { listHeads } from '../db/heads.ts'
import type { Reader } from '../db/statement.ts'
import { parseCosignatureRow } from './cosignature-rows.ts'

/** The newest signed head that is known of a log, its own or a replica's; entries below it may still be missing. */
export function newestHead(state: CoreState, origin: string): SignedHead | undefined {
  return state.own.get(origin)?.published ?? state.replicas.get(origin)?.head
}

/** The newest signed head every entry below which is held here. */
export function heldHead(state: CoreState, origin: string): SignedHead | undefined {
  const head = newestHead(state, origin)
  const held = (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
  return head === undefined || head.size > held ? undefined : head
}

/** As `heldHead`; while entries below the newest head are still missing, the newest that was held before. */
export async function readHeldHead(
  reader: Reader,
  state: CoreState,
  { id, origin }: { readonly id: number; readonly origin: string },
): Promise<SignedHead | undefined> {
  const held = heldHead(state, origin)
  if (held !== undefined) return held
  const size = (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
  const [head] = await listHeads(reader, { log: id, below: size + 1, limit: 1 })
  return head
}

/** The head's note with the newest cosignature line of each cosigner over exactly that head. */
export async function cosignedNote(reader: Reader, log: number, head: SignedHead): Promise<Uint8Array> {
  const rows = await listCosignatures(reader, log, head.size)
  const newest = new Map(rows.map((row) => [row.cosigner, row]))
  const lines = [...newest.values()].map(parseCosignatureRow)
  return lines.length === 0 ? head.note : appendSignatureLines(head.note, lines)
}

/** The head's note with the earliest cosignature line of each cosigner over exactly that head: evidence of a time. */
export async function firstCosignedNote(
  reader: Reader,
  log: number,
  head: Pick<SignedHead, 'size' | 'note'>,
): Promise<Uint8Array> {
  const rows = await listCosignatures(reader, log, head.size)
  const first = new Map(rows.toReversed().map((row) => [row.cosigner, row]))
  const lines = [...first.values()].map(parseCosignatureRow)
  return lines.length === 0 ? head.note : appendSignatureLines(head.note, lines)
}
