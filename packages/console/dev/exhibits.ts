// Evidence in the development record: two items, one opened on the other side and one that was asked back. Development only.

import type { Answer, Operations } from '@parley/api'
import { view } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { formatHex, formatUtf8 } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { parties } from './world.ts'
import type { World } from './world.ts'

type EvidenceView = Answer<Operations['viewEvidence']>

const minute = 60_000
const sha = (text: string): string => formatHex(nodeCrypto.sha256(formatUtf8(text)))

/** Plays what happened to the files of a request. */
export async function playExhibits(world: World, request: string, start: number): Promise<void> {
  const seal = async (from: string, at: number, name: string, media: string) => {
    const { digest } = await world.append(from, {
      type: 'evidence.sealed',
      at,
      data: {
        ciphertext: sha(`${name} sealed`),
        pieces: sha(`${name} pieces`),
        commitment: sha(`${name} commitment`),
        bytes: 24_653_824,
        size: 24_641_536,
        media,
        handling: 'amber-strict',
        request,
        recipients: parties.map((party) => ({ key: sha(party), party })),
      },
      body: {
        v: 1,
        texts: [{ language: 'en', text: 'As the provider handed it out.', role: 'original' }],
        fields: { 'file-name': name },
      },
    })
    return digest
  }
  const log = await seal('us', start, 'access-2026-11\u202egol.exe', 'log-files')
  await world.append('us', { type: 'evidence.given', at: start + minute, subject: log, data: { to: 'cn' } })
  await world.append('cn', { type: 'evidence.received', at: start + 3 * minute, subject: log })
  await world.append('cn', {
    type: 'evidence.opened',
    at: start + 90 * minute,
    subject: log,
    data: { purpose: 'examination' },
  })
  const image = await seal('cn', start + 100 * minute, '服务器磁盘.img', 'disk-image')
  await world.append('cn', { type: 'evidence.given', at: start + 110 * minute, subject: image, data: { to: 'us' } })
  await world.append('us', { type: 'evidence.received', at: start + 115 * minute, subject: image })
  await world.append('cn', {
    type: 'evidence.erased',
    at: start + 200 * minute,
    subject: image,
    data: { ground: 'sent-in-error', confirm: ['us'] },
  })
}

/** What the stand-in answers of an item; the acts are of its subject. */
export function viewExhibit(
  world: World,
  acts: readonly Act[],
  more: Pick<EvidenceView, 'acts' | 'may'>,
): EvidenceView {
  const state = view('evidence', acts, parties)
  const [sealing] = acts
  const { bytes, custody, exercise, from, handling, media, request, status } = state
  const said = world.bodies.get(sealing!.body?.ciphertext ?? '')?.plaintext['fields'] as Record<string, string>
  return {
    item: {
      id: sealing!.digest,
      from,
      request: request ?? null,
      status,
      media,
      handling,
      exercise,
      bytes,
      name: said['file-name'] ?? null,
      custody: custody.map((one) => ({ party: one.party, status: one.status })),
      held: { state: 'held', bytes },
    },
    state: state as unknown as EvidenceView['state'],
    stateDigest: sha(JSON.stringify(state)),
    handOut: null,
    ...more,
  }
}
