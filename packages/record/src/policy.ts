// Trust policies of c2sp.org/tlog-policy: which logs are known, which witnesses, and which of them must have cosigned a
// checkpoint before it is believed. Reads the file; `policy-quorum.ts` holds checkpoints against it.

import type { Crypto } from './crypto.ts'
import { equalBytes, parseUtf8 } from './bytes.ts'
import { RecordError } from './error.ts'
import { type NoteAlgorithm, parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/** The longest policy. */
export const trustPolicyBytesMax = 64 * 1024

/** A log of a policy. Its origin is the name of its key. */
export interface PolicyLog {
  readonly key: VerifierKey
  readonly url?: string
}

/** A witness of a policy, under the name that the policy gives it. */
export interface PolicyWitness {
  readonly name: string
  readonly key: VerifierKey
  readonly url?: string
}

/** What has to have cosigned: nobody, one witness, or at least `threshold` of some rules. */
export type PolicyRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly key: VerifierKey }
  | { readonly kind: 'group'; readonly threshold: number; readonly members: readonly PolicyRule[] }

export interface Policy {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  readonly quorum: PolicyRule
}

/** What has been read of a policy. Words are kept as one character for each byte, because bytes are what is compared. */
interface Draft {
  readonly logs: PolicyLog[]
  readonly witnesses: PolicyWitness[]
  readonly rules: Map<string, PolicyRule>
  readonly members: Set<string>
  quorum?: PolicyRule
}

/**
 * Reads a policy.
 *
 * @throws RecordError `policy.malformed`, with the number of the line, unless the file is as the specification has it and
 *   every log has an `ed25519` key and every witness a `cosignature/v1` one.
 */
export function parsePolicy(crypto: Crypto, bytes: Uint8Array): Policy {
  if (bytes.length > trustPolicyBytesMax) throw malformed(`a policy is at most ${trustPolicyBytesMax} bytes`)
  const draft: Draft = { logs: [], witnesses: [], rules: new Map([['none', { kind: 'none' }]]), members: new Set() }
  const lines = formatOctets(bytes).split('\n')
  if (lines.pop() !== '') throw malformed('the last line does not end in a line feed')
  lines.forEach((line, i) => {
    try {
      parseLine(crypto, draft, line)
    } catch (cause) {
      throw malformed(`line ${i + 1}: ${cause instanceof Error ? cause.message : ''}`, cause)
    }
  })
  if (draft.quorum === undefined) throw malformed('no line says the quorum')
  return { logs: draft.logs, witnesses: draft.witnesses, quorum: draft.quorum }
}

function parseLine(crypto: Crypto, draft: Draft, line: string): void {
  // oxlint-disable-next-line no-control-regex -- the control characters are what this is about
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) throw malformed('a control character')
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
  if (keyword === undefined || keyword.startsWith('#')) return
  switch (keyword) {
    case 'log':
      return parseLog(crypto, draft, words)
    case 'witness':
      return parseWitness(crypto, draft, words)
    case 'group':
      return parseGroup(draft, words)
    case 'quorum':
      return parseQuorum(draft, words)
    default:
      throw malformed('a line begins with log, witness, group or quorum')
  }
}

function parseLog(crypto: Crypto, draft: Draft, [keyText, url, ...rest]: string[]): void {
  if (keyText === undefined || rest.length > 0) throw malformed('a log has a key, and perhaps a URL')
  const key = parseKey(crypto, keyText, 'ed25519')
  checkNew(draft.logs, key)
  draft.logs.push({ key, ...(url === undefined ? {} : { url: showOctets(url) }) })
}

function parseWitness(crypto: Crypto, draft: Draft, [name, keyText, url, ...rest]: string[]): void {
  if (name === undefined || keyText === undefined || rest.length > 0) {
    throw malformed('a witness has a name and a key, and perhaps a URL')
  }
  const key = parseKey(crypto, keyText, 'cosignature/v1')
  checkNew(draft.witnesses, key)
  define(draft, name, { kind: 'witness', key })
  draft.witnesses.push({ name: showOctets(name), key, ...(url === undefined ? {} : { url: showOctets(url) }) })
}

function parseGroup(draft: Draft, [name, count, ...names]: string[]): void {
  if (name === undefined || count === undefined || names.length === 0) {
    throw malformed('a group has a name, how many of its members are enough, and members')
  }
  const members = names.map((member) => {
    const rule = draft.rules.get(member)
    if (rule === undefined || rule.kind === 'none') throw malformed('a member of the group is not defined before it')
    if (draft.members.has(member)) throw malformed('a member of the group is already in a group')
    draft.members.add(member)
    return rule
  })
  const threshold = count === 'all' ? members.length : count === 'any' ? 1 : parseThreshold(count)
  if (threshold > members.length) throw malformed('the group has fewer members than are to be enough')
  define(draft, name, { kind: 'group', threshold, members })
}

function parseQuorum(draft: Draft, [name, ...rest]: string[]): void {
  if (name === undefined || rest.length > 0) throw malformed('a quorum has one name')
  if (draft.quorum !== undefined) throw malformed('a second quorum')
  const rule = draft.rules.get(name)
  if (rule === undefined) throw malformed('the quorum is not defined before it')
  draft.quorum = rule
}

function parseThreshold(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text)) throw malformed('how many are enough is all, any or a decimal number')
  return Number(text)
}

function define(draft: Draft, name: string, rule: PolicyRule): void {
  if (draft.rules.has(name)) throw malformed('the name is taken')
  draft.rules.set(name, rule)
}

function parseKey(crypto: Crypto, text: string, algorithm: NoteAlgorithm): VerifierKey {
  const key = parseVerifierKey(crypto, parseUtf8(parseOctets(text)))
  if (key.algorithm !== algorithm) throw malformed(`the key is not of the type ${algorithm}`)
  return key
}

function checkNew(known: readonly { readonly key: VerifierKey }[], { publicKey }: VerifierKey): void {
  if (known.some(({ key }) => equalBytes(key.publicKey, publicKey))) throw malformed('the public key is already listed')
}

function formatOctets(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function parseOctets(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Octets as people read them; what is not UTF-8 is shown as replaced, and nothing is ever compared in this form. */
function showOctets(text: string): string {
  return new TextDecoder().decode(parseOctets(text))
}

function malformed(message: string, cause?: unknown): RecordError {
  return new RecordError('policy.malformed', message, { cause })
}
