// What a database of schema 1 may hold: at least one row in every table, in the columns of that schema. Frozen with it.

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

const channel = '0123456789abcdef0123456789abcdef'
const subject = 'ab'.repeat(32)

export const fixtureRows = {
  node_settings: [{ name: 'cosigned-until', value: '1443200000' }],
  logs: [
    {
      id: 1,
      origin: `us.parley.example/c/${channel}`,
      party: 'us',
      channel,
      own: 1,
      size: 3,
      root: digest(1),
      frontier: bytes(1, 2, 3),
      head_note: bytes(0, 255),
      head_size: 2,
      head_root: digest(2),
      frozen: null,
      effective_seen: '[]',
    },
    {
      id: 2,
      origin: `cn.parley.example/c/${channel}`,
      party: 'cn',
      channel,
      own: 0,
      size: 0,
      root: digest(3),
      frontier: bytes(),
      head_note: null,
      head_size: 0,
      head_root: null,
      frozen: bytes(9),
      effective_seen: '[]',
    },
  ],
  entries: [
    {
      log: 1,
      position: 0,
      digest: digest(10),
      type: 'request.opened',
      subject,
      at: 1_443_200_000_000,
      verdict: 'valid',
      code: null,
      body_ciphertext: null,
      bytes: bytes(123, 125),
    },
    {
      log: 1,
      position: 1,
      digest: digest(11),
      type: 'request.supplemented',
      subject,
      at: 1_443_200_000_001,
      verdict: 'invalid',
      code: 'seen.root',
      body_ciphertext: digest(20),
      bytes: bytes(123, 125),
    },
    {
      log: 1,
      position: 2,
      digest: null,
      type: null,
      subject: null,
      at: null,
      verdict: 'waiting',
      code: null,
      body_ciphertext: null,
      bytes: bytes(),
    },
  ],
  tiles: [{ log: 1, level: 0, position: 0, width: 3, hashes: new Uint8Array(96).fill(4) }],
  heads: [{ log: 1, size: 2, root: digest(2), note: bytes(0, 255), found: 1_443_200_000_000 }],
  cosignatures: [
    {
      log: 1,
      cosigner: 'cn.parley.example/mirror',
      role: 'mirror',
      size: 2,
      time: 1_443_200_000,
      root: digest(2),
      signature: bytes(7),
    },
  ],
  newest_cosignatures: [
    {
      log: 1,
      cosigner: 'cn.parley.example/mirror',
      role: 'mirror',
      size: 2,
      time: 1_443_200_000,
      root: digest(2),
      signature: bytes(7),
    },
  ],
  bodies: [
    { digest: digest(20), log: 1, position: 1, state: 'held', bytes: bytes(1), ground: null },
    { digest: digest(21), log: 1, position: 1, state: 'missing', bytes: null, ground: null },
    { digest: digest(22), log: 1, position: 1, state: 'erased', bytes: null, ground: 'retention' },
  ],
  channels: [{ channel, genesis: bytes(123, 125), pack: '{}', agreement: 'cd'.repeat(32) }],
  peers: [
    {
      party: 'cn',
      card: bytes(123, 125),
      address: 'https://cn.parley.example:8443',
      transport: 'ef'.repeat(32),
      last_attempt: 1_443_200_000_000,
      last_contact: null,
      last_error: 'peer.unreachable',
      clock_offset: -12,
    },
  ],
  subjects: [
    { channel, id: subject, topic: 'request', acts: '[]', state: '{"status":"open"}', status: 'open', changed: 5 },
  ],
  outbox: [
    { peer: 'cn', log: 1, have: 2, receipted: 1, attempts: 3, next_attempt: 1_443_200_000_500, last_error: null },
  ],
  tokens: [
    {
      hash: digest(30),
      name: 'case system',
      roles: '["liaison"]',
      created: 1_443_200_000_000,
      expires: null,
      last_used: null,
      revoked: null,
    },
  ],
  forks: [{ log: 2, digest: digest(31), proof: bytes(9), found: 1_443_200_000_000 }],
  idempotency: [{ key: 'client 1 key 1', log: 1, position: 0, created: 1_443_200_000_000 }],
}
