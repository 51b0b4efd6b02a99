// English: every problem, as what happened, what is safe and what to do.

import type { ApiProblemCode } from '@parley/api/client'
import type { KeyOf } from '../codes.ts'
import type { Next, Safe } from '../problem-advice.ts'

const happened = {
  http_credentials: 'Nobody is signed in',
  http_forbidden: 'Your roles do not allow this',
  'http_not-found': 'There is nothing at this address',
  http_method: 'The node does not take this kind of call here',
  http_host: 'The node does not answer under this name',
  http_origin: 'The node could not tell that this came from its own page',
  'http_media-type': 'The node did not accept the form of what was sent',
  'http_too-large': 'What was sent is too large',
  http_body: 'What was sent arrived incomplete',
  http_json: 'The node could not read what was sent',
  http_query: 'The address of this list is not one the node understands',
  http_invalid: 'Some fields are missing or out of bounds',
  http_rate: 'Too many calls in a short time',
  http_busy: 'The node has too much in hand',
  http_internal: 'The node failed',
  'session_step-up': 'Confirm that it is you',
  session_token: 'This token opens nothing here',
  'node_not-ready': 'The node is not ready',
  'node_read-only': 'The node is read-only',
  node_storage: 'The node cannot write to its disk',
  'channel_not-found': 'There is no such channel here',
  channel_exists: 'There is such a channel already',
  channel_refused: 'The documents do not make a channel of this node',
  pack_refused: 'The agreement pack is broken',
  'request_not-found': 'There is no such request here',
  'call_not-found': 'There is no such call here',
  'agreement_not-found': 'The node does not hold this agreement',
  'log_not-found': 'There is no such log here',
  'entry_not-found': 'There is no such entry here',
  'fork-proof_not-found': 'No fork of this log is known',
  'body_not-found': 'There is no such text here',
  'peer_not-found': 'There is no such peer',
  cursor_malformed: 'This place in the list is not known any more',
  act_malformed: 'The act is not filled in as its type demands',
  'act_not-allowed': 'The rules do not allow this now',
  'act_not-approved': 'The officials who must approve this have not',
  act_repeated: 'This was sent before with another content',
  entry_malformed: 'This is not an entry',
  entry_refused: 'The entry would have no effect in this log',
  'entry_not-published': 'No signed checkpoint covers this entry yet',
  log_frozen: 'The log is frozen: two versions of it were signed',
  cut_waiting: 'Some entries have not arrived yet',
  body_malformed: 'The text is not the one that its entry commits to',
  body_sealed: 'This node has no key that opens the text',
  body_mismatch: 'The text is not what its entry commits to',
  body_missing: 'The text has not arrived yet',
  body_erased: 'The text was erased',
  peer_busy: 'A test of this link is under way',
  bundle_malformed: 'This file is not a bundle',
  bundle_recipient: 'The bundle is for somebody else',
  'bundle_too-large': 'The bundle is too large for the browser',
  client_unreachable: 'The node did not answer',
  client_answer: 'Something that is not the node answered',
  console_failed: 'This page failed',
} as const satisfies Record<KeyOf<ApiProblemCode | 'console.failed'>, string>

const safe = {
  nothingRecorded: 'Nothing was recorded and nothing was sent.',
  nothingLost: 'Nothing was changed or lost.',
  unsure: 'If you were recording something, it may or may not have been recorded. What was recorded before is safe.',
  recordKept: 'What was recorded is kept as it is.',
} as const satisfies Record<Safe, string>

const next = {
  signIn: 'Sign in again; what you were writing is still here.',
  again: 'Look whether the node can be reached, then try again. The same act is never recorded twice.',
  later: 'Wait a moment and try again.',
  correct: 'Correct it and send it again.',
  look: 'Look at the current state; somebody may have acted meanwhile.',
  reload: 'Load the page again. If that does not help, tell the operator the code below.',
  operator: 'Tell the node’s operator the code below.',
  ask: 'Ask the node’s operator or an official who may.',
} as const satisfies Record<Next, string>

export const problems = {
  problem: {
    page: 'A problem',
    again: 'Try again',
    missing: 'Nothing here',
    missingText: 'There is no page at this address, or it is not for this node.',
    home: 'To the requests',
    retryAfter: 'Try again in {seconds} seconds.',
  },
  problems: { happened, safe, next },
} as const
