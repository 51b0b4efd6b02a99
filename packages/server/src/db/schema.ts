// The tables, as the newest migration leaves them. The same on SQLite and PostgreSQL; `migrations/` makes them. Times
// ending in nothing are Unix milliseconds unless said otherwise; digests and roots are 32 bytes; JSON is text.

import type { TieKind } from './request-ties.ts'

/** What an entry is worth, see DESIGN.md section 2. `waiting`: something it has `seen` is not replicated here yet. */
export type Verdict = 'valid' | 'invalid' | 'unknown' | 'waiting'

export type CosignerRole = 'witness' | 'mirror'

export type BodyState = 'held' | 'missing' | 'erased'

/** Facts about the node itself, among them the version of the schema. */
interface NodeSettings {
  name: string
  value: string
}

/** A log that is kept here: one of our own or a replica. */
interface Logs {
  id: number
  origin: string
  party: string
  channel: string
  own: number
  size: number
  root: Uint8Array
  frontier: Uint8Array
  /** The newest signed checkpoint that was verified or, for an own log, signed. */
  head_note: Uint8Array | null
  head_size: number
  head_root: Uint8Array | null
  /** The fork proof that froze the log. */
  frozen: Uint8Array | null
  effective_seen: string
}

/** Every entry in its log's order, whatever its verdict. `digest`, `type` and `at` are null when the bytes are no entry. */
interface Entries {
  log: number
  position: number
  digest: Uint8Array | null
  type: string | null
  subject: string | null
  at: number | null
  verdict: Verdict
  code: string | null
  body_ciphertext: Uint8Array | null
  bytes: Uint8Array
}

/** Hash tiles (c2sp.org/tlog-tiles). A tile on the right edge has fewer than 256 hashes and is overwritten as it grows. */
interface Tiles {
  log: number
  level: number
  position: number
  width: number
  hashes: Uint8Array
}

/** Every distinct signed head ever seen of a log: two of one size with different roots are a fork. */
interface Heads {
  log: number
  size: number
  root: Uint8Array
  note: Uint8Array
  found: number
}

/** Every cosignature ever verified. `time` is in Unix seconds, as the cosigner stated it. */
interface Cosignatures {
  log: number
  cosigner: string
  role: CosignerRole
  size: number
  time: number
  root: Uint8Array
  signature: Uint8Array
}

/** The newest cosignature of each cosigner over each log. */
type NewestCosignatures = Cosignatures

/** Sealed bodies by the digest of their ciphertext, and the first entry that commits to each. */
interface Bodies {
  digest: Uint8Array
  log: number
  position: number
  state: BodyState
  bytes: Uint8Array | null
  ground: string | null
}

interface Channels {
  channel: string
  genesis: Uint8Array
  /** The pack in force, as JSON; null before all parties have adopted one. */
  pack: string | null
  /** The digest of that pack, in hexadecimal. */
  agreement: string | null
}

interface Packs {
  digest: string
  pack: string
  added: number
}

interface Peers {
  party: string
  card: Uint8Array
  address: string
  transport: string
  last_attempt: number | null
  last_contact: number | null
  last_error: string | null
  clock_offset: number | null
}

/** Computed states, with the columns that lists need. Everything here can be computed again from the entries. */
interface Subjects {
  channel: string
  id: string
  topic: string
  acts: string
  state: string
  status: string
  kind: string | null
  urgency: string | null
  requester: string | null
  requested: string | null
  opened_at: number | null
  /** The largest safe integer when nothing is due. */
  due_at: number
  due: string | null
  steps: string | null
  /** The document of the index of words that holds what its bodies say; null until they were read. */
  document: number | null
  /** Who has it, as `assignments` says. */
  assigned: string | null
  /** Grows with every change of any subject and is never used twice. */
  changed: number
  /** The version of the code that computed the row; 0 for one that must be computed again. */
  projection: number
}

/** How far a peer has got with a log. */
interface Outbox {
  peer: string
  log: number
  /** Entries the peer said it holds. */
  have: number
  /** Entries under the peer's newest mirror cosignature. */
  receipted: number
  attempts: number
  next_attempt: number
  last_error: string | null
}

interface Tokens {
  hash: Uint8Array
  name: string
  roles: string
  created: number
  expires: number | null
  last_used: number | null
  revoked: number | null
}

interface Forks {
  log: number
  digest: Uint8Array
  proof: Uint8Array
  found: number
}

interface Idempotency {
  key: string
  log: number
  position: number
  created: number
}

export type AccountState = 'invited' | 'active' | 'ended'

interface Accounts {
  id: string
  /** What the person is called here. It never leaves the node. */
  name: string
  state: AccountState
  created: number
}

interface AccountRoles {
  account: string
  role: string
  /** Empty for the whole node. */
  channel: string
}

interface Passkeys {
  /** The credential id, base64url. */
  id: string
  account: string
  algorithm: 'ed25519' | 'es256'
  /** 32 bytes of Ed25519, or an uncompressed P-256 point of 65 bytes. */
  key: Uint8Array
  counter: number
  label: string
  created: number
  last_used: number | null
}

/** Whose an official's key in our governance log is. The log has its roles, and whether it is in force. */
interface Officials {
  official: string
  account: string
  /** The passkey that is this key; null for a key that a person keeps by other means. */
  passkey: string | null
  enrolled: number
}

interface OidcLinks {
  issuer: string
  subject: string
  account: string
  created: number
}

/** Evidence on its way in; `said` is sealed to our archive key. */
interface EvidenceUploads {
  id: string
  channel: string
  account: string
  length: number
  said: Uint8Array
  sealed: string | null
  subject: string | null
  created: number
}

interface Invitations {
  hash: Uint8Array
  account: string
  created: number
  expires: number
  used: number | null
}

/** A change of an account that waits for a second administrator, or waited. */
interface AccountChanges {
  id: string
  kind: string
  account: string
  data: string
  proposed_by: string
  proposed: number
  expires: number
  settled: number | null
  settled_by: string | null
  outcome: 'applied' | 'rejected' | null
}

interface SecurityEvents {
  number: number
  at: number
  kind: string
  actor: string
  account: string | null
  detail: string
  previous: Uint8Array
  digest: Uint8Array
}

interface Drafts {
  id: string
  channel: string
  type: string
  subject: string | null
  /** Grows by one with every save. */
  version: number
  /** Data and text, sealed to our own archive. */
  content: Uint8Array
  created: number
  created_by: string
  changed: number
  changed_by: string
}

interface DraftAuthors {
  draft: string
  person: string
}

/** A version of a draft as the exact entry that waits for approvals. */
interface Releases {
  draft: string
  version: number
  digest: Uint8Array
  /** The entry without approvals, canonical. */
  entry: Uint8Array
  /** The sealed body that the entry commits to. */
  body: Uint8Array | null
  /** How many entries our own log of the channel had then. */
  own_size: number
  frozen: number
  frozen_by: string
}

interface ReleaseParts {
  draft: string
  person: string
  part: 'author' | 'approver'
  official: string | null
  /** The approval as it stands in an entry, JSON. */
  approval: string | null
  at: number
}

/** What this node could read of a subject: a title, and the document of the index that holds its words. */
interface Texts {
  document: number
  channel: string
  subject: string
  title: string | null
  /** A body that belongs to it has not arrived. */
  missing: number
}

interface Assignments {
  channel: string
  subject: string
  account: string
  assigned_by: string
  assigned: number
}

interface Watches {
  account: string
  channel: string
  subject: string
}

/** How far a person has read a subject: its `changed` when they last looked. */
interface ReadMarks {
  account: string
  channel: string
  subject: string
  changed: number
}

interface SavedFilters {
  account: string
  name: string
  filter: string
  saved: number
}

interface NoticePreferences {
  account: string
  mail: 'never' | 'digest' | 'each'
  address: string | null
  language: string
  time_zone: string
  /** Minute of the local day. */
  digest_minute: number
  /** Whether to hear of every request, and not only of those assigned or watched. */
  every_request: number
  digest_next: number | null
}

interface CalendarFeeds {
  hash: Uint8Array
  account: string
  created: number
  revoked: number | null
}

interface Webhooks {
  id: string
  url: string
  secret: Uint8Array
  created_by: string
  created: number
}

/** Notices that are still to be sent. The id goes along, so that whoever gets one twice can tell. */
interface Notices {
  id: string
  way: 'mail' | 'webhook'
  target: string
  message: string
  created: number
  attempts: number
  next_attempt: number
  last_error: string | null
}

interface RequestTies {
  channel: string
  subject: string
  kind: TieKind
  value: string
}

export interface Schema {
  node_settings: NodeSettings
  logs: Logs
  entries: Entries
  tiles: Tiles
  heads: Heads
  cosignatures: Cosignatures
  newest_cosignatures: NewestCosignatures
  bodies: Bodies
  channels: Channels
  packs: Packs
  peers: Peers
  subjects: Subjects
  outbox: Outbox
  tokens: Tokens
  forks: Forks
  idempotency: Idempotency
  drafts: Drafts
  draft_authors: DraftAuthors
  releases: Releases
  release_parts: ReleaseParts
  accounts: Accounts
  account_roles: AccountRoles
  passkeys: Passkeys
  officials: Officials
  oidc_links: OidcLinks
  invitations: Invitations
  evidence_uploads: EvidenceUploads
  account_changes: AccountChanges
  security_events: SecurityEvents
  texts: Texts
  request_ties: RequestTies
  assignments: Assignments
  watches: Watches
  read_marks: ReadMarks
  saved_filters: SavedFilters
  notice_preferences: NoticePreferences
  calendar_feeds: CalendarFeeds
  webhooks: Webhooks
  notices: Notices
}
