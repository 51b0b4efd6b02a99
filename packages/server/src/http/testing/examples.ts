// One whole example for each operation: what it is called with, and what a handler answers. For tests only.

import type { OperationName } from '@parley/api'
import type { ExamplesOf } from './example-shape.ts'
import {
  act,
  call,
  channel,
  channelRow,
  colleague,
  digest,
  download,
  draft,
  draftRow,
  draftView,
  entry,
  entryFields,
  evidence,
  interval,
  log,
  may,
  note,
  official,
  pack,
  peer,
  preferences,
  recorded,
  releaseRow,
  releaseView,
  root,
  row,
  standing,
  ties,
  tus,
  upload,
  webhook,
} from './example-values.ts'
import { peopleExamples } from './people-examples.ts'

type Examples = ExamplesOf<OperationName>

/** Answers of the shell's own operations are not used: the shell gives its own. */
export const examples: Examples = {
  ...peopleExamples,
  viewNode: {
    answer: {
      party: 'us',
      prefix: 'us.parley.example',
      version: '0.1.0',
      governance: log,
      condition: 'normal',
      overridden: false,
      now: 1_700_000_000_000,
      officials: [{ official, roles: ['duty'], kept: true }],
    },
  },
  listChannels: { answer: { items: [channelRow] } },
  viewChannel: { params: { channel }, answer: { ...channelRow, logs: [{ party: 'us', log }], may } },
  importChannel: { body: { genesis: 'e30=', cards: ['e30='] }, answer: { channel } },
  importPack: { body: { files: [{ name: 'pack.yaml', text: 'id: x' }] }, answer: { id: 'us-cn-2015', digest } },
  appendAct: {
    params: { channel },
    body: {
      type: 'request.opened',
      data: { kind: 'preservation', nested: { list: [1] } },
      body: { v: 1, texts: [{ language: 'en', text: 'What happened' }] },
      officials: [official],
      idempotencyKey: 'once-and-only-once',
    },
    answer: recorded,
  },
  appendEntry: { params: { channel }, body: { entry: 'e30=', body: 'AAAA' }, answer: recorded },
  viewSeen: {
    params: { channel },
    answer: {
      channel,
      from: 'us',
      seen: [{ origin: 'cn.parley.example/governance', size: 4, root, time: 1_700_000_000 }],
      recipients: [{ party: 'cn', purpose: 'authority', key: 'age1qqqq' }],
    },
  },
  listRequests: {
    params: { channel },
    query: { status: 'open', direction: 'incoming', kind: 'preservation', q: 'server logs', limit: 50 },
    answer: { items: [row], next: 'bmV4dA' },
  },
  listInbox: {
    query: { direction: 'incoming', statuses: 'open,acknowledged', assigned: 'me', unread: 'true', due: 24, limit: 50 },
    answer: { items: [{ ...row, assigned: 'duty', watched: true, unread: false }], next: null },
  },
  assignRequest: { params: { channel, id: digest }, body: { account: 'duty' }, answer: { assigned: 'duty' } },
  watchRequest: { params: { channel, id: digest }, body: { watched: true }, answer: { watched: true } },
  markRequestRead: { params: { channel, id: digest }, answer: undefined },
  listSavedFilters: { answer: { items: [{ name: 'Mine', filter: { assigned: 'me', statuses: ['open'] } }] } },
  putSavedFilter: {
    body: { name: 'Mine', filter: { assigned: 'me', dueHours: 24 } },
    answer: { name: 'Mine', filter: { assigned: 'me', dueHours: 24 } },
  },
  removeSavedFilter: { body: { name: 'Mine' }, answer: undefined },
  viewNoticePreferences: { answer: preferences },
  putNoticePreferences: { body: preferences, answer: preferences },
  addCalendarFeed: { answer: { path: `/api/calendar/${'A'.repeat(43)}`, created: 1 } },
  endCalendarFeed: { answer: undefined },
  viewCalendar: { params: { secret: 'A'.repeat(43) }, answer: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  listWebhooks: { answer: { items: [webhook] } },
  addWebhook: { body: { url: webhook.url }, answer: { ...webhook, signingKey: 'whsec_AAAA' } },
  removeWebhook: { params: { id: webhook.id }, answer: undefined },
  viewRequest: {
    params: { channel, id: digest },
    answer: {
      request: row,
      state: { status: 'open', ended: null },
      stateDigest: digest,
      clocks: [
        { what: 'triage', owedBy: 'cn', entry: digest, from: interval, target: interval, state: 'due', done: null },
      ],
      acts: [act],
      may,
      ...ties,
    },
  },
  createDraft: {
    params: { channel },
    body: { type: 'request.opened', data: { to: 'cn' } },
    answer: draftView,
  },
  listDrafts: { params: { channel }, answer: { items: [draftRow] } },
  viewDraft: { params: { channel, draft }, answer: draftView },
  saveDraft: {
    params: { channel, draft },
    body: { version: 2, data: { to: 'cn' } },
    answer: { outcome: 'moved', draft: draftView },
  },
  discardDraft: { params: { channel, draft }, body: { version: 3 }, answer: undefined },
  joinDraft: { params: { channel, draft }, answer: { people: [colleague] } },
  submitDraft: { params: { channel, draft }, body: { version: 3 }, answer: releaseView },
  listReleases: { params: { channel }, answer: { items: [releaseRow] } },
  viewRelease: { params: { channel, draft }, answer: releaseView },
  approveRelease: {
    params: { channel, draft },
    body: { digest, approval: { official, signature: `${'A'.repeat(86)}==` } },
    answer: releaseView,
  },
  revokeApproval: { params: { channel, draft }, body: { digest }, answer: releaseView },
  releaseDraft: { params: { channel, draft }, body: { digest }, answer: recorded },
  listCalls: {
    params: { channel },
    query: { status: 'ringing', direction: 'incoming', limit: 50 },
    answer: { items: [call], next: null },
  },
  viewCall: {
    params: { channel, id: digest },
    answer: {
      call,
      state: { status: 'ringing' },
      stateDigest: digest,
      ladder: [{ rung: 'duty-officer', minutes: 15 }],
      acts: [act],
      may,
    },
  },
  viewCallFigures: {
    params: { channel },
    answer: {
      items: [
        {
          called: 'cn',
          purpose: 'use',
          raised: 2,
          taken: 1,
          takenOn: [{ rung: 'duty-officer', count: 1 }],
          declined: 0,
          unanswered: 1,
          toHuman: { atLeast: 0, atMost: 60_000 },
        },
      ],
    },
  },
  listPings: {
    params: { channel },
    query: { limit: 50 },
    answer: {
      items: [
        {
          id: digest,
          channel,
          direction: 'outgoing',
          from: 'us',
          to: 'cn',
          contact: '24-7',
          status: 'answered',
          exercise: false,
          sent: 1_700_000_000_000,
          answered: { at: 1_700_000_100_000, position: 'duty-officer' },
        },
      ],
      next: null,
      figures: [{ to: 'cn', sent: 1, answered: 1 }],
    },
  },
  viewDirectory: {
    params: { channel },
    answer: {
      state: { parties: [] },
      stateDigest: digest,
      contacts: [
        {
          party: 'cn',
          contact: '24-7',
          contactPoint: 'desk',
          office: 'desk',
          state: 'on-duty',
          position: 'duty-officer',
          absence: null,
          ping: { id: digest, sent: 1_700_000_000_000, answered: null },
        },
      ],
      overdue: ['us'],
      acts: [act],
      may,
    },
  },
  viewAgreement: {
    params: { channel },
    answer: {
      pack,
      adoptions: [{ party: 'us', pack: digest, entry, at: 1_700_000_000_000, standing, withdrawn: false }],
      inForce: null,
      acts: [],
      may,
    },
  },
  viewCut: {
    params: { channel },
    answer: {
      cut: { logs: [{ origin: 'us.parley.example/governance', size: 4, root }] },
      cutDigest: digest,
      rulesDigest: digest,
      stateDigest: digest,
    },
  },
  listLogs: {
    answer: {
      items: [
        {
          id: log,
          origin: 'us.parley.example/governance',
          party: 'us',
          channel: 'governance',
          own: true,
          size: 4,
          root,
          head: { size: 4, root, note },
          cosigners: [{ name: 'cn.parley.example/mirror', party: 'cn', role: 'mirror', size: 4, time: 1_700_000_000 }],
          frozen: false,
        },
      ],
    },
  },
  listEntries: {
    params: { log },
    query: { from: 0, limit: 200 },
    answer: { size: 4, items: [{ ...entryFields, type: 'request.opened', subject: null, at: null }] },
  },
  viewEntry: {
    params: { log, position: 3 },
    answer: {
      ...entryFields,
      log,
      entry: { v: 1 },
      proof: {
        size: 4,
        hashes: [root],
        checkpoint: note,
        verifierKeys: [{ key: 'us.parley.example/governance+0a0b0c0d+AAAA', party: 'us', role: 'log' }],
        officials: [
          { official, party: 'us', algorithm: 'ed25519', key: root, roles: ['duty'], enrolled: { log, position: 0 } },
        ],
      },
    },
  },
  viewEntryProof: { params: { log, position: 3 }, answer: 'c2sp.org/tlog-proof@v1\n' },
  listCosignatures: {
    params: { log },
    query: { limit: 1 },
    answer: {
      items: [{ name: 'w', party: null, role: 'neutral', size: 4, root, time: 1_700_000_000, note }],
      next: null,
    },
  },
  viewForkProof: {
    params: { log },
    answer: { log, origin: 'us.parley.example/governance', first: note, second: note, hashes: [] },
  },
  openBody: { params: { digest }, answer: { digest, entry, party: 'us', plaintext: { texts: [], gone: null } } },
  listEvidence: {
    params: { channel },
    query: { request: digest, limit: 5 },
    answer: { items: [evidence], next: null },
  },
  viewEvidence: {
    params: { channel, id: digest },
    answer: {
      item: evidence,
      state: { status: 'sealed', custody: [] },
      stateDigest: digest,
      acts: [act],
      may,
      handOut: null,
    },
  },
  exportEvidence: {
    params: { channel, id: digest },
    query: { act: digest },
    get answer() {
      return download()
    },
  },
  exportBag: {
    params: { channel, id: digest },
    query: { act: digest },
    get answer() {
      return download()
    },
  },
  exportSealedEvidence: {
    params: { channel, id: digest },
    get answer() {
      return download()
    },
  },
  viewCertificate: { params: { channel, id: digest }, answer: '{}' },
  listUploads: { params: { channel }, answer: { items: [upload] } },
  openUpload: {
    params: { channel },
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': 'filename eA==,handling cmVk' },
    answer: upload,
    answerHeaders: { ...tus, location: '/api/channels/x/uploads/y' },
  },
  viewUpload: { params: { channel, id: upload.id }, answer: upload, answerHeaders: tus },
  appendUpload: {
    params: { channel, id: upload.id },
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': '4' },
    body: Uint8Array.of(1, 2, 3),
    answer: undefined,
    answerHeaders: tus,
  },
  endUpload: {
    params: { channel, id: upload.id },
    headers: { 'tus-resumable': '1.0.0' },
    answer: undefined,
    answerHeaders: { 'tus-resumable': '1.0.0' },
  },
  listPeers: { answer: { items: [peer] } },
  overridePeer: {
    params: { party: 'cn' },
    body: { logs: [log] },
    answer: { ...peer, holdsUp: [], override: { ...peer.override, state: 'done' } },
  },
  testPeer: {
    params: { party: 'cn' },
    answer: { party: 'cn', passed: true, steps: [{ step: 'tls', outcome: 'passed', milliseconds: 3 }] },
  },
  viewCaseFile: { params: { channel, id: digest }, query: { language: 'en' }, answer: Uint8Array.of(37, 80, 68, 70) },
  exportCase: { params: { channel, id: digest }, body: { disclose: [digest] }, answer: Uint8Array.of(4, 5, 6) },
  exportBundle: { body: { channel, purpose: 'transport', recipient: 'cn' }, answer: Uint8Array.of(1, 2, 3) },
  importBundle: {
    body: Uint8Array.of(3, 2, 1),
    answer: {
      label: digest,
      channel,
      from: 'cn',
      sequence: 3,
      missed: 0,
      logs: [{ origin: 'cn.parley.example/governance', from: 2, size: 4 }],
      entries: 2,
      bodies: 1,
      cosignatures: 1,
      refused: [{ origin: 'cn.parley.example/governance', position: 3, code: 'entry.malformed' }],
      awaited: [{ item: digest, from: 'cn', digest, bytes: 70_000 }],
    },
  },
  streamEvents: { answer: undefined },
  viewHealth: { answer: { status: 'up' } },
  viewReadiness: { answer: { status: 'ready' } },
  viewContract: { answer: '{}' },
}
