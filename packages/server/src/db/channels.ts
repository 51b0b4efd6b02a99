// The channels this party belongs to: the genesis document of each, and the pack in force.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Channel {
  readonly channel: string
  /** The bytes of the genesis document. */
  readonly genesis: Uint8Array
  /** The pack that all parties have adopted, as JSON; null before that. */
  readonly pack: string | null
  /** Its digest in hexadecimal. */
  readonly agreement: string | null
}

const columns = ['channel', 'genesis', 'pack', 'agreement'] as const

/** Refused (`db.conflict`) when the channel is known: a genesis never changes. */
export function addChannel(channel: string, genesis: Uint8Array): Statement {
  return write((db) => db.insertInto('channels').values({ channel, genesis, pack: null, agreement: null }))
}

/** Puts the pack in force, or none. Refused (`db.conflict`) when the channel is unknown. */
export function putAgreement(channel: Pick<Channel, 'channel' | 'pack' | 'agreement'>): Statement {
  const { pack, agreement } = channel
  return write((db) => db.updateTable('channels').set({ pack, agreement }).where('channel', '=', channel.channel), 1)
}

export function listChannels(reader: Reader): Promise<Channel[]> {
  return reader.selectFrom('channels').select(columns).orderBy('channel').execute()
}

export function readChannel(reader: Reader, channel: string): Promise<Channel | undefined> {
  return reader.selectFrom('channels').select(columns).where('channel', '=', channel).executeTakeFirst()
}
