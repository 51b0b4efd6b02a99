// The operations by which a running node takes up what people have agreed outside it: a channel, and an agreement pack.

import { compilePack, MechanismError, packDigest } from '@parley/mechanism'
import type { Pack } from '@parley/mechanism'
import { RecordError } from '@parley/record'
import type { Operations } from '@parley/api'
import { joinChannel } from '../desk/join-channel.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'

export function createImportChannel(node: ParleyNode): Handler<Operations['importChannel']> {
  return async ({ body: { cards, genesis } }) => {
    try {
      const opened = cards.map((card) => Uint8Array.fromBase64(card))
      return { channel: await joinChannel(node, Uint8Array.fromBase64(genesis), opened) }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      throw new HttpError('channel.refused', 'The genesis or a card is not what it should be', {
        cause: error,
        reason: error.code,
      })
    }
  }
}

export function createImportPack(node: ParleyNode): Handler<Operations['importPack']> {
  return async ({ body: { files } }) => {
    const pack = compile(Object.fromEntries(files.map(({ name, text }) => [name, text])))
    const digest = packDigest(pack, node.crypto)
    await node.addPack(digest, pack)
    return { id: pack.id, digest }
  }
}

function compile(files: Readonly<Record<string, string>>): Pack {
  try {
    return compilePack(files)
  } catch (error) {
    if (!(error instanceof MechanismError)) throw error
    const [first] = error.problems
    throw new HttpError('pack.refused', 'The agreement pack is broken', {
      cause: error,
      ...(first === undefined ? {} : { reason: first.code }),
      errors: error.problems.map(({ code, pointer }) => ({ pointer: pointer ?? '', code })),
    })
  }
}
