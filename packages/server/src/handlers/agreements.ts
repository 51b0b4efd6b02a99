// The operations on channels and on what has been agreed in them.

import { genesisDigest } from '@parley/record'
import { viewSubject } from '@parley/mechanism'
import type { Pack } from '@parley/mechanism'
import type { AgreementView, ChannelRow, Operations, StateObject } from '@parley/api'
import { countSubjects } from '../db/subjects.ts'
import { viewCut } from '../desk/cut.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { KnownChannel } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { viewMay } from './may-views.ts'
import { readSubject } from './subject-acts.ts'

/** Statuses of a request that wait for the requested party. */
const awaitingAnswer = ['open', 'acknowledged', 'accepted', 'answered-in-part']

export function createListChannels(node: ParleyNode): Handler<Operations['listChannels']> {
  return async ({ reaches }) => {
    const shown = node.registry.channels().filter(({ channel }) => reaches(channel))
    return { items: await Promise.all(shown.map((channel) => viewRow(node, channel))) }
  }
}

async function viewRow(
  node: ParleyNode,
  { channel, genesis, genesisBytes, parties }: KnownChannel,
): Promise<ChannelRow> {
  const { crypto, database, registry } = node
  const filter = { channel, topic: 'request', statuses: awaitingAnswer }
  return {
    id: channel,
    agreement: genesis.agreement,
    genesis: genesisDigest(crypto, genesisBytes),
    own: registry.self,
    parties: [...parties],
    outstanding: {
      incoming: await countSubjects(database.reader, { ...filter, requested: registry.self }),
      outgoing: await countSubjects(database.reader, { ...filter, requester: registry.self }),
    },
  }
}

export function createViewChannel(node: ParleyNode): Handler<Operations['viewChannel']> {
  return async ({ params: { channel } }) => {
    const known = node.registry.channel(channel)
    const { agreement } = await readSubject(node, channel)
    const logs = node.registry.logsOf(channel).filter((log) => log.channel === channel)
    return {
      ...(await viewRow(node, known)),
      logs: logs.map(({ id, party }) => ({ party, log: id })),
      may: viewMay(node, channel, ['request.'], undefined, { subject: [], agreement }),
    }
  }
}

export function createViewAgreement(node: ParleyNode): Handler<Operations['viewAgreement']> {
  return async ({ params: { channel } }) => {
    const { genesis, parties } = node.registry.channel(channel)
    const { acts, state } = await readSubject(node, channel, 'agreement')
    const viewed = state ?? viewSubject('agreement', [], parties)
    if (viewed.topic !== 'agreement') throw new HttpError('agreement.not-found', 'There is no agreement here')
    const shown = viewed.state.inForce ?? viewed.state.proposed.find((digest) => node.packs.has(digest))
    const found = shown === undefined ? findById(node, genesis.agreement) : ([shown, node.packs.get(shown)] as const)
    const [digest, pack] = found ?? []
    if (digest === undefined || pack === undefined) {
      throw new HttpError('agreement.not-found', 'The node does not hold this agreement’s pack')
    }
    const views = await viewActs(node, channel, 'agreement', viewed, acts)
    const { inForce } = viewed.state
    const adoption = { pack: digest, ...(inForce === undefined || inForce === digest ? {} : { replaces: inForce }) }
    const adoptions = viewed.state.positions.flatMap(({ entry, kind, pack: adopted, party }) => {
      const act = views.find((view) => view.entry.digest === entry)
      if (act === undefined || kind === 'none') return []
      const withdrawn = kind === 'withdrawn'
      return [{ party, pack: adopted ?? digest, entry: act.entry, at: act.at, standing: act.standing, withdrawn }]
    })
    return {
      pack: viewPack(digest, pack),
      adoptions,
      inForce: inForce === undefined ? null : { pack: inForce, since: { notBefore: null, notAfter: null } },
      acts: views,
      may: viewMay(
        node,
        channel,
        ['agreement.'],
        'agreement',
        { subject: acts, agreement: acts },
        { 'agreement.adopted': adoption },
      ),
    }
  }
}

function findById({ packs }: ParleyNode, id: string): readonly [string, Pack] | undefined {
  return [...packs].find(([, pack]) => pack.id === id)
}

function viewPack(digest: string, pack: Pack): AgreementView['pack'] {
  return {
    id: pack.id,
    digest,
    title: { ...pack.title },
    date: pack.date,
    languages: [...pack.languages],
    parties: pack.parties.map(({ id, names }) => ({ id, names: { ...names } })),
    texts: pack.texts.map(({ status, ...text }) => ({ ...text, status })),
    commitments: pack.commitments.map((commitment) => ({
      ...commitment,
      names: { ...commitment.names },
      actors: [...commitment.actors],
      parties: [...commitment.parties],
      ...(commitment.qualifiers === undefined ? {} : { qualifiers: [...commitment.qualifiers] }),
      anchors: commitment.anchors.map(({ selector: { exact, prefix, suffix }, text }) => ({
        text,
        exact,
        ...(prefix === undefined ? {} : { prefix }),
        ...(suffix === undefined ? {} : { suffix }),
      })),
    })),
    mechanism: pack.mechanism as unknown as StateObject,
    guidelines: (pack.guidelines ?? null) as unknown as StateObject | null,
  } as AgreementView['pack']
}

export function createViewCut(node: ParleyNode): Handler<Operations['viewCut']> {
  return async ({ params: { channel } }) => {
    const { cut, cutDigest, rulesDigest, stateDigest } = await viewCut(node, channel)
    return { cut: { logs: cut.logs.map((log) => ({ ...log })) }, cutDigest, rulesDigest, stateDigest }
  }
}
