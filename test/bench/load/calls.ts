// What the load process can be asked to do. Both sides of the channel between the processes read this.

export type LoadKind = 'entries' | 'acts'

/** Where to send what. */
export interface LoadTarget {
  readonly origin: string
  readonly token: string
  readonly channel: string
  /** The home of the node that is called, whose operator's key approves prepared entries. */
  readonly home: string
  /** The party that requests are addressed to. */
  readonly to: string
}

/** Whole cases, from opening to closing, so many at a time. */
export interface CasesOrder {
  readonly requesting: LoadTarget
  readonly requested: LoadTarget
  readonly atOnce: number
  readonly count: number
}

export interface LoadCalls {
  /** Writes out so many requests, to be sent later. */
  prepare(order: { target: LoadTarget; kind: LoadKind; count: number }): Promise<{ entryBytes: number }>
  /** Sends prepared requests over so many connections; every one must be taken. */
  send(order: { connections: number; count: number }): Promise<Sent>
  /** Sends prepared requests one at a time, and waits each time until the node says that the entry is delivered. */
  follow(order: { target: LoadTarget; count: number }): Promise<Sent>
  /** Sends one request that reads, so many times over so many connections. */
  read(order: { target: LoadTarget; paths: readonly string[]; connections: number; count: number }): Promise<Sent>
  /** Does whole cases, each side acting as soon as its own node has what it needs. */
  cases(order: CasesOrder): Promise<Sent>
  /** Posts the same bytes to any server, to learn what HTTP alone costs. */
  post(order: { origin: string; connections: number; count: number; body: string }): Promise<Sent>
}

export interface Sent {
  readonly seconds: number
  /** Of each request, in milliseconds. */
  readonly milliseconds: readonly number[]
}
