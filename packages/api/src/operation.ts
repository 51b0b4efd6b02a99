// What an operation of the HTTP interface is: a name, a method, a path, a policy and shapes. The server makes routes of
// these values, the client functions, the OpenAPI document its pages; none of that is known here.

import type { ProblemCode } from './problem.ts'
import type { Role } from './role.ts'
import type { z } from './zod.ts'

/**
 * Where a role must be held. `node`: for the whole node. `channel`: in the channel that the path names; whoever holds no role
 * there is told what one is told of a channel that does not exist. `any`: anywhere; the handler then shows only what is within
 * the caller's reach.
 */
export type Scope = 'node' | 'channel' | 'any'

/**
 * Who may call: anybody; whoever is signed in or holds a token; only a session; or whoever holds one of the roles in the
 * scope. `stepUp`: a person must have been verified by their passkey a moment ago, or with `key`, on the command line, by an
 * official's key of theirs; a machine's token is named by its role or is refused.
 */
export type Access =
  | { readonly access: 'public' }
  | { readonly access: 'signed-in' }
  | { readonly access: 'session'; readonly stepUp?: StepUp }
  | {
      readonly access: 'roles'
      readonly roles: readonly [Role, ...Role[]]
      readonly scope: Scope
      readonly stepUp?: StepUp
    }
/** What proves the person again: only a passkey, or an official's key too. */
export type StepUp = 'passkey' | 'key'
/** The named limits of calls in a time. What the names allow is the server's to say. */
export type Rate = 'probe' | 'sign-in' | 'read' | 'write' | 'heavy' | 'stream' | 'upload'

/** Stated in full by every operation: an operation without a policy is not served. */
export type Policy = Access & {
  readonly rate: Rate
  /** Whether a call counts as a sign of life of the person behind the session. */
  readonly keepsSession: boolean
}

export type RequestShape =
  | { readonly kind: 'json'; readonly schema: z.ZodObject; readonly bytesMax?: number }
  /** `application/octet-stream` unless another protocol rules the media type. */
  | {
      readonly kind: 'bytes'
      readonly bytesMax: number
      readonly media?: 'application/offset+octet-stream'
      /** Whether no bytes at all are something too. */
      readonly mayBeEmpty?: true
    }

export type ResponseShape =
  | { readonly kind: 'json'; readonly status: 200 | 201; readonly schema: z.ZodObject }
  | {
      readonly kind: 'text'
      readonly media: 'text/plain; charset=utf-8' | 'application/json' | 'text/calendar; charset=utf-8'
    }
  | { readonly kind: 'bytes'; readonly filename: string }
  /** A file of any length as a stream, never shown in a page; the handler says what it is called. */
  | { readonly kind: 'download' }
  | { readonly kind: 'events'; readonly schema: z.ZodObject }
  | { readonly kind: 'none' }

export interface Operation {
  /** The operationId: a verb of the house and what it is about. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Parameters stand in braces, each a whole segment. */
  readonly path: `/${string}`
  readonly policy: Policy
  readonly summary: string
  readonly description?: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** Header fields of the request that the operation reads, for protocols of other people that speak in them. */
  readonly headers?: z.ZodObject
  readonly request?: RequestShape
  /** Header fields that the answer carries beside the shell's own, lower case. */
  readonly answerHeaders?: readonly string[]
  readonly response: ResponseShape
  /** The codes this operation may answer beside those that the shell gives to every operation of its form. */
  readonly problems: readonly ProblemCode[]
}

/** Keeps the exact type of an operation while checking that it is one. */
export function operation<const O extends Operation>(value: O): O {
  return value
}

/** The path parameters of an operation; `unknown` where it has none. */
export type Params<O extends Operation> = O extends { params: infer S extends z.ZodObject } ? z.output<S> : unknown
/** The query of an operation, numbers as numbers; `unknown` where it has none. */
export type Query<O extends Operation> = O extends { query: infer S extends z.ZodObject } ? z.output<S> : unknown
/** The header fields that an operation reads; `unknown` where it reads none. */
export type HeaderFields<O extends Operation> = O extends { headers: infer S extends z.ZodObject }
  ? z.output<S>
  : unknown
/** The request body of an operation: the value, the bytes, or nothing. */
export type Body<O extends Operation> = O extends { request: { kind: 'json'; schema: infer S extends z.ZodObject } }
  ? z.output<S>
  : O extends { request: { kind: 'bytes' } }
    ? Uint8Array
    : undefined
/** What an operation answers when it does not refuse. */
export type Answer<O extends Operation> = O['response'] extends { kind: 'json'; schema: infer S extends z.ZodObject }
  ? z.output<S>
  : O['response'] extends { kind: 'text' }
    ? string
    : O['response'] extends { kind: 'bytes' }
      ? Uint8Array
      : O['response'] extends { kind: 'download' }
        ? Download
        : O['response'] extends { kind: 'events'; schema: infer S extends z.ZodObject }
          ? AsyncIterable<z.output<S>>
          : undefined

/** A file on its way: its name as people gave it, its length in bytes, and the bytes. */
export interface Download {
  readonly name: string
  readonly length: number
  readonly content: ReadableStream<Uint8Array>
}

/** The names in braces in a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1]!)
}
