// What the stand-in answers to each operation of the contract, from the development record. Development only.

import { randomBytes } from 'node:crypto'
import type { Answer, DataObject, NodeEvent, Operations, RequestRow, RequestSummary } from '@parley/api'
import { cutDigest, entryTypes, listMissing, may, view } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { formatBase64, formatHex, parseNote } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { clocksOf } from './clocks.ts'
import { viewExhibit } from './exhibits.ts'
import { someChanges, somePeople } from './people.ts'
import { listShared, ties } from './ties.ts'
import { channel, parties } from './world.ts'
import type { Leaf, World, WorldLog } from './world.ts'

const own = 'us'
const deliveredAfter = 4000
const publishedAfter = 1200
const hour = 3_600_000

export type Handlers = {
  [N in keyof Operations]?: (input: {
    params: Record<string, string>
    query: Record<string, string>
    body: Record<string, unknown>
  }) => Promise<Answer<Operations[N]>> | Answer<Operations[N]>
}

export function problem(code: string, status: number) {
  return {
    problem: {
      type: `urn:parley:problem:${code}`,
      title: code,
      status,
      detail: code,
      code,
      instance: randomBytes(4).toString('hex'),
    },
    status,
  }
}

export function serve(world: World, emit: (event: NodeEvent) => void): Handlers {
  const acts = () =>
    world.channelLogs.flatMap((log) => log.leaves.flatMap((leaf) => (leaf.act === undefined ? [] : [leaf.act])))
  const find = (digest: string): { log: WorldLog; leaf: Leaf; position: number } => {
    for (const log of world.channelLogs) {
      const position = log.leaves.findIndex((leaf) => leaf.digest === digest)
      if (position !== -1) return { log, leaf: log.leaves[position]!, position }
    }
    throw problem('entry.not-found', 404)
  }
  const logOf = (id: string) => {
    const log = world.logs.find((item) => item.id === id)
    if (log === undefined) throw problem('log.not-found', 404)
    return log
  }
  const standingOf = (leaf: Leaf) => {
    const age = Date.now() - leaf.recorded
    const opened = acts().some((act) => act.type === 'entry.opened' && act.data['entry'] === leaf.digest)
    if (opened) return { level: 'opened' as const, since: leaf.recorded + hour }
    if (age > deliveredAfter) return { level: 'delivered' as const, since: leaf.recorded + deliveredAfter }
    return { level: age > publishedAfter ? ('published' as const) : ('recorded' as const), since: leaf.recorded }
  }
  const known = (subject: string) => ({
    parties,
    subject: acts().filter((act) => act.subject === subject),
    agreement: acts().filter((act) => act.subject === 'agreement'),
    pack: () => world.pack,
  })
  const mayOf = (subject: string | undefined, topic: string) =>
    entryTypes
      .filter(({ type, place }) => type.startsWith(topic) && (subject === undefined) === (place === 'founding'))
      .map(({ type }) => {
        const data = { to: parties.find((party) => party !== own)!, urgency: 'ordinary', pack: world.packDigest }
        const intent = {
          party: own,
          type,
          data,
          body: true,
          exercise: false,
          ...(subject === undefined ? {} : { subject }),
        }
        const reason = may(intent, known(subject ?? ''))
        return reason === undefined ? { type, allowed: true } : { type, allowed: false, reason }
      })
  const actView = (act: Act) => {
    const { log, leaf, position } = find(act.digest)
    const sealed = leaf.entry.body
    return {
      entry: { log: log.id, position, digest: act.digest },
      party: act.party,
      type: act.type,
      ...(act.subject === 'agreement' ? {} : { subject: act.subject }),
      at: act.at,
      interval: { notBefore: act.at - 2000, notAfter: act.at + (position % 7 === 3 ? 7 * hour : 3000) },
      data: act.data as DataObject,
      ...(sealed === undefined
        ? {}
        : { body: { digest: sealed.ciphertext, size: sealed.size, state: 'opened' as const } }),
      exercise: act.exercise,
      approvals: [{ official: world.officialOf(act.party).official, kind: 'ed25519' as const, roles: ['liaison'] }],
      seen: leaf.entry.seen.map(({ origin, size }) => ({ origin, size })),
      verdict: 'valid' as const,
      standing: standingOf(leaf),
    }
  }
  const summaryOf = (id: string): RequestSummary => {
    const { channel: of, kind, requested, requesting, status, title } = rowOf(id)
    return { id, channel: of, kind, requested, requesting, status, title }
  }
  const tiesOf = (id: string) => ties(acts(), parties, id, summaryOf)
  const rowOf = (id: string): RequestRow => {
    const all = acts()
      .filter((act) => act.subject === id)
      .sort((a, b) => a.at - b.at)
    const state = view('request', all, parties)
    const first = all[0]!
    const last = all.at(-1)!
    const text = (
      world.bodies.get(first.body?.ciphertext ?? '')?.plaintext['texts'] as { text: string }[] | undefined
    )?.[0]?.text
    const due = first.at + { emergency: 8, urgent: 7 * 24, ordinary: 30 * 24 }[state.urgency] * hour
    const waiting = state.turn === 'requested' && state.answers.length === 0
    return {
      id,
      channel,
      direction: state.to === own ? 'incoming' : 'outgoing',
      requesting: state.from,
      requested: state.to,
      kind: state.kind,
      urgency: state.urgency,
      status: state.status,
      exercise: state.exercise,
      title: text?.split('\n')[0] ?? null,
      opened: { notBefore: first.at - 2000, notAfter: first.at + 3000 },
      last: { type: last.type, party: last.party, at: last.at, standing: standingOf(find(last.digest).leaf) },
      due: waiting
        ? {
            what: 'first-answer',
            at: due,
            target: { notBefore: due, notAfter: due + 20 * hour },
            state: due < Date.now() ? 'overdue' : 'in-time',
          }
        : null,
      alsoAsked: listShared(acts(), parties, id).length,
    }
  }
  const exhibitOf = (id: string) => {
    const all = acts()
      .filter((act) => act.subject === id)
      .sort((a, b) => a.at - b.at)
    if (all.length === 0) throw problem('evidence.not-found', 404)
    return viewExhibit(world, all, { acts: all.map(actView), may: mayOf(id, 'evidence.') })
  }
  const rows = () =>
    acts()
      .filter((act) => act.type === 'request.opened')
      .map((act) => rowOf(act.subject))
      .sort((a, b) => (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) || b.last.at - a.last.at)
  const entryFields = (log: WorldLog, position: number) => {
    const leaf = log.leaves[position]
    if (leaf === undefined) throw problem('entry.not-found', 404)
    return {
      position,
      digest: leaf.digest,
      party: log.party,
      bytes: formatBase64(leaf.bytes),
      verdict: 'valid' as const,
      standing: standingOf(leaf),
    }
  }
  const channelRow = () => ({
    id: channel,
    agreement: world.pack.id,
    genesis: world.packDigest,
    own,
    parties,
    outstanding: {
      incoming: rows().filter((row) => row.due !== null && row.direction === 'incoming').length,
      outgoing: rows().filter((row) => row.due !== null && row.direction === 'outgoing').length,
    },
  })
  const cosigner = (log: WorldLog) => parties.find((party) => party !== log.party)!
  const timeOf = (log: WorldLog, size: number) => Math.floor((log.leaves[size - 1]?.recorded ?? 0) / 1000) + 3

  return {
    viewNode: () => ({
      party: own,
      prefix: world.prefix(own),
      version: '0.1.0',
      governance: world.logs[3]!.id,
      condition: 'normal',
      overridden: false,
      now: Date.now(),
      officials: [
        { official: world.officialOf(own).official, roles: ['duty', 'liaison', 'releasing', 'policy'], kept: true },
      ],
    }),
    listChannels: () => ({ items: [channelRow()] }),
    viewChannel: () => ({
      ...channelRow(),
      logs: world.channelLogs.map((log) => ({ party: log.party, log: log.id })),
      may: mayOf(undefined, 'request.'),
    }),
    viewAgreement: () => {
      const adopted = acts().filter((act) => act.subject === 'agreement')
      const pack = {
        ...world.pack,
        digest: world.packDigest,
        parties: world.pack.parties.map(({ id, names }) => ({ id, names })),
      }
      const commitments = world.pack.commitments.map((item) => ({
        ...item,
        anchors: item.anchors.map(({ text, selector: { exact, prefix, suffix } }) => ({
          text,
          exact,
          ...(prefix === undefined ? {} : { prefix }),
          ...(suffix === undefined ? {} : { suffix }),
        })),
      }))
      const { v: _, witnesses: __, norms: ___, ...rest } = pack as typeof pack & { norms?: unknown }
      return {
        pack: { ...rest, commitments },
        adoptions: adopted.map((act) => {
          const { entry, standing, at } = actView(act)
          return { party: act.party, pack: world.packDigest, entry, at, standing, withdrawn: false }
        }),
        inForce: { pack: world.packDigest, since: { notBefore: adopted[0]!.at, notAfter: adopted[1]!.at + 4000 } },
        acts: adopted.map(actView),
        may: mayOf('agreement', 'agreement.'),
      } as unknown as Answer<Operations['viewAgreement']>
    },
    listRequests: ({ query }) => {
      const q = query['q']?.toLowerCase()
      const items = rows().filter(
        (row) =>
          (query['direction'] === undefined || row.direction === query['direction']) &&
          (query['status'] === undefined || row.status === query['status']) &&
          (q === undefined || (row.title ?? '').toLowerCase().includes(q)),
      )
      return { items, next: null }
    },
    listInbox: ({ query }) => {
      const q = query['q']?.toLowerCase()
      const items = rows()
        .filter(
          (row) =>
            (query['direction'] === undefined || row.direction === query['direction']) &&
            (query['statuses'] === undefined || row.status === query['statuses']) &&
            (q === undefined || (row.title ?? '').toLowerCase().includes(q)),
        )
        .map((row, place) => ({
          ...row,
          assigned: place % 3 === 1 ? 'duty' : null,
          watched: place % 4 === 2,
          unread: place % 2 === 0,
        }))
      return { items, next: null }
    },
    markRequestRead: () => undefined,
    listSavedFilters: () => ({
      items: [
        { name: 'Mine, due soon', filter: { assigned: 'me', dueHours: 24 } },
        { name: '紧急请求', filter: { unread: true as const } },
      ],
    }),
    viewNoticePreferences: () => ({
      mail: 'digest' as const,
      address: 'duty@us.example',
      language: 'en' as const,
      timeZone: 'Asia/Shanghai',
      digestMinute: 480,
      everyRequest: true,
    }),
    listWebhooks: () => ({ items: [{ id: 'a'.repeat(32), url: 'https://chat.us.example/hooks/parley', created: 1 }] }),
    viewRequest: ({ params }) => {
      const all = acts()
        .filter((act) => act.subject === params['id'])
        .sort((a, b) => a.at - b.at)
      if (all.length === 0) throw problem('request.not-found', 404)
      const request = rowOf(params['id']!)
      const state = view('request', all, parties)
      return {
        request,
        state: state as unknown as Answer<Operations['viewRequest']>['state'],
        stateDigest: formatHex(nodeCrypto.sha256(new TextEncoder().encode(JSON.stringify(state)))),
        clocks: clocksOf(request, all),
        acts: all.map(actView),
        may: mayOf(params['id'], 'request.'),
        missing: [...listMissing(state, state.particulars, world.pack.guidelines)],
        ...tiesOf(request.id),
      }
    },
    listEvidence: ({ query }) => ({
      items: acts()
        .filter(({ type }) => type === 'evidence.sealed')
        .map(({ digest }) => exhibitOf(digest).item)
        .filter((item) => query['request'] === undefined || item.request === query['request']),
      next: null,
    }),
    viewEvidence: ({ params }) => exhibitOf(params['id']!),
    listUploads: () => ({ items: [] }),
    openBody: ({ params }) => {
      const body = world.bodies.get(params['digest']!)
      if (body === undefined) throw problem('body.not-found', 404)
      const { log, position } = find(body.leaf.digest)
      return {
        digest: params['digest']!,
        entry: { log: log.id, position, digest: body.leaf.digest },
        party: log.party,
        plaintext: body.plaintext as never,
      }
    },
    viewSeen: () => ({
      channel,
      from: own,
      seen: [],
      recipients: parties.map((party) => ({
        party,
        purpose: party === own ? ('archive' as const) : ('authority' as const),
        key: 'age1mock',
      })),
    }),
    appendAct: async ({ body }) => {
      const {
        type,
        subject,
        data,
        body: said,
      } = body as { type: string; subject?: string; data: DataObject; body?: Record<string, unknown> }
      const leaf = await world.append(own, {
        type,
        at: Date.now(),
        data,
        ...(subject === undefined ? {} : { subject }),
        ...(said === undefined ? {} : { body: said }),
      })
      for (const wait of [publishedAfter + 100, deliveredAfter + 100])
        setTimeout(() => emit({ topic: 'standing', channel, id: leaf.digest }), wait)
      setTimeout(() => emit({ topic: 'request', channel, id: subject ?? leaf.digest }), 100)
      const { log, position } = find(leaf.digest)
      return { entry: { log: log.id, position, digest: leaf.digest }, verdict: 'valid', standing: standingOf(leaf) }
    },
    listLogs: async () => ({
      items: await Promise.all(
        world.logs.map(async (log) => {
          const size = log.tree.size
          const root = await world.rootOf(log)
          const name = `${world.prefix(cosigner(log))}/mirror`
          return {
            id: log.id,
            origin: log.origin,
            party: log.party,
            channel: log.channel,
            own: log.party === own,
            size,
            root,
            head: { size, root, note: new TextDecoder().decode(await world.noteAt(log, size)) },
            cosigners: [{ name, party: cosigner(log), role: 'mirror' as const, size, time: timeOf(log, size) }],
            frozen: false,
          }
        }),
      ),
    }),
    listEntries: ({ params, query }) => {
      const log = logOf(params['log']!)
      const from = Number(query['from'] ?? 0)
      const end = Math.min(log.leaves.length, from + Number(query['limit'] ?? 50))
      const items = Array.from({ length: Math.max(0, end - from) }, (_, i) => {
        const { entry } = log.leaves[from + i]!
        return { ...entryFields(log, from + i), type: entry.type, subject: entry.subject ?? null, at: entry.at }
      })
      return { size: log.leaves.length, items }
    },
    viewEntry: async ({ params }) => {
      const log = logOf(params['log']!)
      const position = Number(params['position'])
      const size = log.tree.size
      return {
        ...entryFields(log, position),
        log: log.id,
        entry: log.leaves[position]!.entry as unknown as DataObject,
        proof: {
          size,
          hashes: await world.prove(log, position, size),
          checkpoint: new TextDecoder().decode(await world.noteAt(log, size)),
          verifierKeys: world.keysOf(log),
          officials: [world.officialOf(log.party)],
        },
      }
    },
    listCosignatures: async ({ params }) => {
      const log = logOf(params['log']!)
      const sizes = Array.from({ length: Math.min(12, log.tree.size) }, (_, i) => log.tree.size - i)
      const items = await Promise.all(
        sizes.map(async (size) => {
          const note = new TextDecoder().decode(await world.noteAt(log, size))
          const root = parseNote(new TextEncoder().encode(note)).text.split('\n')[2]!
          return {
            name: `${world.prefix(cosigner(log))}/mirror`,
            party: cosigner(log),
            role: 'mirror' as const,
            size,
            root,
            time: timeOf(log, size),
            note,
          }
        }),
      )
      return { items, next: null }
    },
    viewCut: async () => {
      const logs = await Promise.all(
        world.logs.map(async (log) => ({ origin: log.origin, size: log.tree.size, root: await world.rootOf(log) })),
      )
      const cut = { logs: logs.sort((a, b) => (a.origin < b.origin ? -1 : 1)) }
      return {
        cut,
        cutDigest: cutDigest(cut, nodeCrypto),
        rulesDigest: world.packDigest,
        stateDigest: world.packDigest,
      }
    },
    listPeople: () => ({ items: somePeople, changes: someChanges }),
    listSecurityEvents: () => ({
      items: ['session.began', 'change.proposed', 'passkey.enrolled', 'account.added'].map((kind, index) => ({
        number: 3 - index,
        at: Date.now() - index * 60_000,
        kind,
        actor: somePeople[0]!.id,
        account: somePeople[index % 2]!.id,
        detail: '{}',
        digest: 'ab'.repeat(32),
      })),
    }),
    listSessions: () => ({
      items: [true, false].map((current) => ({
        id: current ? 'ab'.repeat(32) : 'cd'.repeat(32),
        means: 'passkey',
        since: Date.now() - 60_000,
        idleUntil: Date.now() + 900_000,
        absoluteUntil: Date.now() + 8 * 3_600_000,
        current,
      })),
    }),
    listPasskeys: () => ({
      items: ['Key in the safe', 'This laptop'].map((label, index) => ({
        id: (index === 0 ? 'ab' : 'cd').repeat(32),
        label,
        created: Date.now() - 86_400_000,
        lastUsed: index === 0 ? null : Date.now(),
      })),
    }),
    listPeers: () => ({
      items: [
        {
          party: 'cn',
          address: 'https://cn.parley.example:8443',
          state: 'late',
          lastContact: Date.now() - 11 * 60_000,
          lastReceipt: Date.now() - 14 * 60_000,
          outgoing: [{ log: world.logs[1]!.id, size: world.logs[1]!.tree.size, acked: world.logs[1]!.tree.size - 2 }],
          incoming: [{ log: world.logs[0]!.id, size: world.logs[0]!.tree.size, head: world.logs[0]!.tree.size }],
          clockOffsetSeconds: 9,
          lastError: { code: 'peer.timeout', at: Date.now() - 9 * 60_000 },
          holdsUp: [],
          override: null,
        },
      ],
    }),
    testPeer: async ({ params }) => {
      await new Promise((resolve) => setTimeout(resolve, 900))
      const steps = ['address', 'connect', 'tls', 'identity', 'protocol', 'clock'] as const
      return {
        party: params['party']!,
        passed: false,
        steps: steps.map((step, i) => ({
          step,
          milliseconds: 4 + 13 * i,
          outcome: i < 3 ? ('passed' as const) : i === 3 ? ('failed' as const) : ('skipped' as const),
          ...(i === 3 ? { code: 'peer.identity' } : {}),
        })),
      }
    },
  }
}
