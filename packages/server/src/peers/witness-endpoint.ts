// The witness of this node (c2sp.org/tlog-witness): cosigns heads of the logs it knows, each only after it has made durable
// that it did. One request for a log at a time.

import {
  cosign,
  formatUtf8,
  parseAddCheckpoint,
  processAddCheckpoint,
  RecordError,
  treeSizeMediaType,
  formatSignatureLines,
} from '@parley/record'
import type { Crypto, Signer } from '@parley/record'
import { keepCosignatures, listNewestCosignatures } from '../db/cosignatures.ts'
import type { Database } from '../db/database.ts'
import { composeCosignatureRow } from '../log/cosignature-rows.ts'
import type { KnownLog, Registry } from '../log/registry.ts'

export interface WitnessAnswer {
  readonly status: number
  readonly type: string
  readonly body: Uint8Array
}

export interface WitnessParts {
  readonly crypto: Crypto
  readonly database: Database
  readonly registry: Registry
  readonly numberOf: (origin: string) => number
  readonly signer: Signer
  /** `<prefix>/witness`. */
  readonly name: string
  readonly clock: () => number
}

const text = 'text/plain; charset=utf-8'
const refuse = (status: number, reason: string): WitnessAnswer => ({
  status,
  type: text,
  body: formatUtf8(`${reason}\n`),
})

/** Answers `add-checkpoint` requests; `mayAsk` says whether the asker may know of a log. */
export function createWitness(
  parts: WitnessParts,
): (request: Uint8Array, mayAsk: (log: KnownLog) => boolean) => Promise<WitnessAnswer> {
  const { crypto, database, registry } = parts
  let turn: Promise<unknown> = Promise.resolve()

  async function decide(body: Uint8Array, mayAsk: (log: KnownLog) => boolean): Promise<WitnessAnswer> {
    const request = parseAddCheckpoint(body)
    const log = registry.logOf(request.origin)
    if (log === undefined || !mayAsk(log)) return refuse(404, 'unknown origin')
    const number = parts.numberOf(log.origin)
    const newest = await listNewestCosignatures(database.reader, number)
    const last = newest.find(({ cosigner }) => cosigner === parts.name)
    const outcome = await processAddCheckpoint(
      crypto,
      {
        origin: log.origin,
        keys: [registry.logKey(log.origin, claimedSize(request.note))],
        ...(last === undefined ? {} : { cosigned: { size: last.size, root: last.root } }),
      },
      request,
    )
    if (outcome.kind === 'conflict') {
      return { status: 409, type: treeSizeMediaType, body: formatUtf8(`${outcome.size}\n`) }
    }
    if (outcome.kind !== 'extends') return refuse(outcome.status, outcome.kind)
    const time = Math.max(Math.floor(parts.clock() / 1000), last?.time ?? 0)
    const line = await cosign(crypto, parts.signer, parts.name, outcome.checkpoint, time)
    const { size, root } = outcome.checkpoint
    await database.writer.commit(keepCosignatures([composeCosignatureRow(number, { size, root }, time, line)]))
    return { status: 200, type: text, body: formatUtf8(formatSignatureLines([line])) }
  }

  return (request, mayAsk) => {
    const decided = turn
      .then(() => decide(request, mayAsk))
      .catch((error: unknown) => {
        if (error instanceof RecordError) return refuse(error.code.startsWith('governance') ? 403 : 400, error.code)
        throw error
      })
    turn = decided.catch(() => undefined)
    return decided
  }
}

function claimedSize(note: Uint8Array): number {
  const [, size] = /^[^\n]*\n(0|[1-9][0-9]{0,15})\n/.exec(new TextDecoder().decode(note.subarray(0, 512))) ?? []
  return Number(size ?? 0)
}
