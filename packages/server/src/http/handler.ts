// What the rest of the server plugs into the shell: one handler for each operation of the contract. A handler gets what
// passed the contract and gives what the contract promises; it sees no request, no header and no cookie.

import type {
  Answer,
  Body,
  Operation,
  OperationName,
  Operations,
  Params,
  Query,
  Role,
  SessionMeans,
  StepUp,
  Download,
  HeaderFields,
} from '@parley/api'
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
 * Who calls. A session is named by the digest of its secret, never by the secret; `verified` says what verified the person a
 * moment ago.
 */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly account: Account }
  | {
      readonly kind: 'session'
      readonly account: Account
      readonly session: string
      readonly means: SessionMeans
      readonly verified: StepUp | undefined
    }

export type SignedInCaller = Exclude<Caller, { kind: 'anonymous' }>

export interface Call<O extends Operation> {
  readonly params: Params<O>
  readonly query: Query<O>
  readonly headers: HeaderFields<O>
  readonly body: Body<O>
  readonly caller: O['policy']['access'] extends 'public' ? Caller : SignedInCaller
  /** Whether the caller may be shown what is in a channel; for operations of the scope `any`. */
  readonly reaches: Reach
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
  /** Names this call in the log and in a problem document. */
  readonly correlation: string
}

type Frozen<T> = T extends Uint8Array | Download | string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : { readonly [K in keyof T]: Frozen<T[K]> }

/**
 * Does one operation. It throws `HttpError` with a code of the contract, or any error that the shell's `explain` knows;
 * whatever else it throws is answered as `http.internal`.
 */
export type Handler<O extends Operation> = (call: Call<O>) => Promise<Given<O>> | Given<O>

/** Where the contract names header fields for the answer, a handler gives them beside it. */
type Given<O extends Operation> = O extends { answerHeaders: readonly (infer Name extends string)[] }
  ? { readonly answer: Frozen<Answer<O>>; readonly headers: Readonly<Partial<Record<Name, string>>> }
  : Frozen<Answer<O>>

/** The operations that the shell does itself. */
export const shellOperations = [
  'signIn',
  'viewSession',
  'signOut',
  'viewSignIn',
  'beginPasskeySignIn',
  'signInWithPasskey',
  'beginOidcSignIn',
  'signInWithOidc',
  'beginEnrolment',
  'enrolPasskey',
  'beginVerification',
  'verifySession',
  'beginCommandLine',
  'signInOnCommandLine',
  'beginKeyProof',
  'verifySessionWithKey',
  'listSessions',
  'endSession',
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
  headers: unknown
  body: unknown
  caller: Caller
  reaches: Reach
  signal: AbortSignal
  correlation: string
}) => unknown
