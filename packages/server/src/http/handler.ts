// What the rest of the server plugs into the shell: one handler for each operation of the contract. A handler gets what
// passed the contract and gives what the contract promises; it sees no request, no header and no cookie.

import type { Answer, Body, Operation, OperationName, Operations, Params, Query, Role } from '@parley/api'
import type { Reach } from './reach.ts'

/** A role, held in one channel or, where there is none, for the whole node. */
export interface Grant {
  readonly role: Role
  readonly channel: string | null
}

/** Whom a credential stands for: a person, or a program with a token. */
export interface Account {
  /** Random for a person, the token's name for a program. Never what somebody is called. */
  readonly id: string
  readonly grants: readonly Grant[]
}

/**
 * Who calls. A session is named by the digest of its secret, never by the secret; `verified` says whether the person was
 * verified by their passkey a moment ago.
 */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly account: Account }
  | { readonly kind: 'session'; readonly account: Account; readonly session: string; readonly verified: boolean }

export type SignedInCaller = Exclude<Caller, { kind: 'anonymous' }>

export interface Call<O extends Operation> {
  readonly params: Params<O>
  readonly query: Query<O>
  readonly body: Body<O>
  readonly caller: O['policy']['access'] extends 'public' ? Caller : SignedInCaller
  /** Whether the caller may be shown what is in a channel; for operations of the scope `any`. */
  readonly reaches: Reach
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
  /** Names this call in the log and in a problem document. */
  readonly correlation: string
}

type Frozen<T> = T extends Uint8Array | string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : { readonly [K in keyof T]: Frozen<T[K]> }

/**
 * Does one operation. It throws `HttpError` with a code of the contract, or any error that the shell's `explain` knows;
 * whatever else it throws is answered as `http.internal`.
 */
export type Handler<O extends Operation> = (call: Call<O>) => Promise<Frozen<Answer<O>>> | Frozen<Answer<O>>

/** The operations that the shell does itself. */
export const shellOperations = [
  'signIn',
  'viewSession',
  'signOut',
  'streamEvents',
  'viewHealth',
  'viewContract',
] as const satisfies readonly OperationName[]
export type ShellOperation = (typeof shellOperations)[number]

/** A handler for every operation that is not the shell's own: a missing one does not compile. */
export type Handlers = { readonly [N in Exclude<OperationName, ShellOperation>]: Handler<Operations[N]> }

/** A handler as the shell runs it, when its types have done their work. */
export type AnyHandler = (call: {
  params: unknown
  query: unknown
  body: unknown
  caller: Caller
  reaches: Reach
  signal: AbortSignal
  correlation: string
}) => unknown
