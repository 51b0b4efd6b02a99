// The values that the examples of the contract are made of.

import type { AssertionOptions, CreationOptions, PeerView, SessionView } from '@parley/api'

export const channel = '0123456789abcdef0123456789abcdef'
export const digest = 'ab'.repeat(32)
export const log = 'cd'.repeat(32)
export const official = '12'.repeat(16)
/** 64 bytes, base64. */
export const signature = `${'A'.repeat(86)}==`
export const root = `${'A'.repeat(43)}=`
export const note = 'us.parley.example/governance\n1\nroot\n\n— us.parley.example/governance AAAA\n'
export const standing = { level: 'delivered', since: 1_700_000_000_000 } as const
export const entry = { log, position: 3, digest }
export const recorded = { entry, verdict: 'valid', standing } as const
export const interval = { notBefore: 1_700_000_000_000, notAfter: null }
export const may = [{ type: 'request.withdrawn', allowed: false, reason: 'request.closed' }]

export const act = {
  entry,
  party: 'us',
  type: 'request.opened',
  subject: digest,
  at: 1_700_000_000_000,
  interval,
  data: { to: 'cn', kind: 'preservation', list: [1, 'two', true] },
  body: { digest, size: 1024, state: 'opened' as const },
  exercise: false,
  approvals: [{ official, kind: 'passkey' as const, roles: ['liaison'] }],
  seen: [{ origin: 'cn.parley.example/governance', size: 4 }],
  verdict: 'valid' as const,
  standing,
}

export const row = {
  id: digest,
  channel,
  direction: 'outgoing' as const,
  requesting: 'us',
  requested: 'cn',
  kind: 'preservation',
  urgency: 'urgent',
  status: 'answered-in-part',
  exercise: false,
  title: 'Preserve the logs of one server',
  opened: interval,
  last: { type: 'request.opened', party: 'us', at: 1_700_000_000_000, standing },
  due: {
    what: 'triage',
    at: 1_700_000_100_000,
    target: { notBefore: 1_700_000_100_000, notAfter: null },
    state: 'in-time' as const,
  },
  alsoAsked: 1,
}

const alsoAsked = [
  {
    request: {
      id: digest,
      channel,
      requesting: 'cn',
      requested: 'us',
      kind: 'information',
      status: 'open',
      title: null,
    },
    shared: 2,
  },
]
export const ties = {
  missing: ['identifiers'],
  alsoAsked,
  links: [
    { kind: 'follow-up' as const, direction: 'named' as const, id: digest, request: alsoAsked[0]!.request },
    { kind: 'forwarded' as const, direction: 'names' as const, request: null, by: 'police', office: 'duty-desk' },
  ],
}
const checks = { missing: ['facts'], ceiling: 'amber', aboveCeiling: false, alsoAsked, loose: ['log.csv'] }

export const draft = '34'.repeat(16)
export const colleague = { id: '56'.repeat(16), name: 'Liaison desk' }
export const draftRow = {
  id: draft,
  channel,
  type: 'request.opened',
  version: 3,
  created: 1_700_000_000_000,
  createdBy: colleague,
  changed: 1_700_000_060_000,
  changedBy: colleague,
  authors: [colleague],
  submitted: true,
}
export const draftView = { ...draftRow, data: { to: 'cn' }, body: { v: 1 }, checks }
export const releaseRow = {
  draft,
  channel,
  version: 3,
  digest,
  type: 'request.opened',
  submitted: 1_700_000_060_000,
  submittedBy: colleague,
  authors: [colleague],
  approvals: [
    {
      person: { id: '78'.repeat(16), name: null },
      official,
      kind: 'passkey' as const,
      roles: ['releasing'],
      at: 1_700_000_070_000,
      inForce: true,
    },
  ],
  demand: { count: 1, roles: ['releasing'] },
  missing: 0,
  stale: false,
  may: { approve: { allowed: false, reason: 'release.author' }, release: { allowed: true } },
}
export const releaseView = {
  ...releaseRow,
  data: { to: 'cn' },
  exercise: false,
  body: {
    digest,
    size: 1024,
    plaintext: { v: 1 },
    recipients: [{ party: 'us', purpose: 'archive' as const, key: 'age1qqqq' }],
  },
  keys: [{ official, roles: ['releasing'], passkey: 'AAAA' }],
  checks,
}

export const call = {
  id: digest,
  channel,
  direction: 'incoming' as const,
  raising: 'us',
  called: 'cn',
  level: 'working',
  purpose: 'use',
  reason: 'request-overdue',
  status: 'ringing',
  rung: 'duty-officer',
  request: digest,
  exercise: false,
  raised: 1_700_000_000_000,
  last: { type: 'hotline.raised', party: 'us', at: 1_700_000_000_000, standing },
  taken: null,
  rungUntil: 1_700_000_900_000,
  keep: null,
}

export const channelRow = {
  id: channel,
  agreement: 'us-cn-2015',
  genesis: digest,
  own: 'us',
  parties: ['cn', 'us'],
  outstanding: { incoming: 1, outgoing: 2 },
}

export const entryFields = { position: 3, digest, party: 'us', bytes: 'e30=', verdict: 'valid' as const, standing }
export const session: SessionView = {
  account: 'duty',
  grants: [],
  means: 'token',
  since: 1,
  idleUntil: 2,
  absoluteUntil: 3,
}

export const person = '34'.repeat(16)
export const sessionRow = {
  id: digest,
  means: 'passkey',
  since: 1,
  idleUntil: 2,
  absoluteUntil: 3,
  current: true,
} as const
export const passkey = { id: digest, label: 'Key', created: 1, lastUsed: null }
export const assertion = { id: 'AAAA', clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' }
export const attestation = { id: 'AAAA', clientDataJSON: 'AAAA', attestationObject: 'AAAA' }
export const changeDone = { person, waiting: null, invitation: { code: 'A'.repeat(22), expires: 2 } }
export const assertionOptions: AssertionOptions = {
  challenge: 'AAAA',
  rpId: 'localhost',
  timeout: 120_000,
  userVerification: 'required',
  allowCredentials: [{ type: 'public-key', id: 'AAAA' }],
}
export const creationOptions: CreationOptions = {
  challenge: 'AAAA',
  rp: { id: 'localhost', name: 'Parley' },
  user: { id: 'AAAA', name: 'First duty desk', displayName: 'First duty desk' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 120_000,
  attestation: 'none',
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  excludeCredentials: [],
}

export const upload = {
  id: 'ef'.repeat(16),
  length: 10,
  offset: 4,
  name: 'x',
  request: null,
  item: null,
  expires: 1_700_000_000_000,
}
export const tus = { 'tus-resumable': '1.0.0', 'upload-offset': '4', 'upload-length': '10' }
export const evidence = {
  id: digest,
  from: 'us',
  request: digest,
  status: 'sealed',
  media: 'log-files',
  handling: 'amber',
  exercise: false,
  bytes: 65_800,
  name: 'server.log',
  custody: [{ party: 'us', status: 'sealed' }],
  held: { state: 'held' as const, bytes: 65_800 },
}

/** A file of three bytes, made anew for each call. */
export function download() {
  return { name: 'a.bin', length: 3, content: ReadableStream.from([Uint8Array.of(1, 2, 3)]) }
}

export const preferences = {
  mail: 'digest',
  address: 'duty@us.example',
  language: 'zh-Hans',
  timeZone: 'Asia/Shanghai',
  digestMinute: 480,
  everyRequest: false,
} as const
export const webhook = { id: 'ab'.repeat(16), url: 'https://hooks.us.example/parley', created: 1 }

export const peer = {
  party: 'cn',
  address: 'https://127.0.0.1:8443',
  state: 'late',
  lastContact: 1_700_000_000_000,
  lastReceipt: null,
  outgoing: [{ log, size: 4, acked: 3 }],
  incoming: [{ log, size: 4, head: 5 }],
  clockOffsetSeconds: -2,
  lastError: { code: 'peer.unreachable', at: 1_700_000_000_000 },
  holdsUp: [log],
  override: { state: 'asked', at: 1_700_000_000_000, logs: [log], heardSince: false },
} satisfies PeerView

export const pack = {
  id: 'us-cn-2015',
  digest,
  title: { en: 'Outcomes', 'zh-Hans': '成果' },
  date: '2015-09-25',
  languages: ['en', 'zh-Hans'],
  parties: [{ id: 'us', names: { en: 'United States' } }],
  texts: [
    {
      id: 'us-en',
      language: 'en',
      issuer: 'One side',
      party: 'us',
      source: 'A web page',
      date: '2015-09-25',
      status: 'original',
      body: 'The first paragraph.\n\nThe second.',
    },
  ],
  commitments: [
    {
      id: 'timely-responses',
      names: { en: 'Timely responses' },
      kind: 'assistance',
      force: 'agree',
      actors: ['states'],
      parties: ['us'],
      anchors: [{ text: 'us-en', exact: 'first' }],
    },
  ],
  mechanism: { meetings: [] },
  guidelines: { kinds: [] },
}
