// Tries the link to one peer step by step and says at which step it ends and why, on a connection of its own: for people who
// set up a link or wonder why a peer is silent. It changes nothing and sends nothing but one question.

import { lookup } from 'node:dns/promises'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { RecordError } from '@parley/record'
import { ServerError } from '../error.ts'
import { pinOf } from '../keys/pin.ts'
import type { Registry } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { peerPaths } from './peer-paths.ts'
import { timeHeader } from './peer-request.ts'

/** How long the other end may be silent within one step. */
const stepMillisecondsDefault = 5000
const answerBytesMax = 1024
/** Intervals of time are a round trip wide in normal running; a clock that is further off than this widens them. */
const clockOffsetSecondsMax = 10

export const peerSteps = ['address', 'connect', 'tls', 'identity', 'protocol', 'clock'] as const
export type PeerStep = (typeof peerSteps)[number]

/** Why a step failed. Codes are added, never renamed. */
export type PeerFailure =
  /** What the record names is no address, or nobody knows the host. */
  | 'peer.address'
  | 'peer.unresolved'
  | 'peer.refused'
  | 'peer.timeout'
  | 'peer.unreachable'
  /** The other end speaks an older TLS, or none. */
  | 'peer.tls-version'
  | 'peer.tls'
  /** It holds another key than the record pins, or its certificate is not valid now. */
  | 'peer.pin'
  | 'peer.expired'
  /** It closed the connection as soon as it had seen our key: it does not know us. */
  | 'peer.closed'
  | 'peer.protocol'
  | 'peer.clock'

export interface PeerStepOutcome {
  readonly step: PeerStep
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly code?: PeerFailure
  readonly milliseconds: number
  /** The peer's clock less ours. */
  readonly offsetSeconds?: number
}

export interface PeerTrial {
  readonly party: string
  readonly passed: boolean
  /** All steps, in their order; after a failure the rest are skipped. */
  readonly steps: readonly PeerStepOutcome[]
}

class StepFailed extends Error {
  readonly code: PeerFailure

  constructor(code: PeerFailure, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

const underWay = new WeakMap<object, Set<string>>()

/**
 * Tries the link to a party. `stepMilliseconds` is how long the other end may be silent within one step.
 *
 * @throws ServerError `peer.unknown`, `peer.busy` while the same peer is being tried.
 */
export async function testPeer(
  node: Pick<ParleyNode, 'clock' | 'keyring' | 'registry'>,
  party: string,
  stepMilliseconds = stepMillisecondsDefault,
): Promise<PeerTrial> {
  const address = node.registry.address(party)
  const busy = underWay.get(node) ?? new Set()
  underWay.set(node, busy)
  if (busy.has(party)) throw new ServerError('peer.busy', 'a test of this peer is under way')
  busy.add(party)
  try {
    return await tryPeer(node, party, address, stepMilliseconds)
  } finally {
    busy.delete(party)
  }
}

async function tryPeer(
  { clock, keyring, registry }: Parameters<typeof testPeer>[0],
  party: string,
  address: string,
  patience: number,
): Promise<PeerTrial> {
  const steps: PeerStepOutcome[] = []
  const began = new Map<PeerStep, number>()
  let socket: TLSSocket | undefined
  let step: PeerStep = 'address'

  async function pass<Result>(next: PeerStep, work: () => Promise<Result> | Result): Promise<Result> {
    step = next
    began.set(next, performance.now())
    const result = await work()
    const offset = next === 'clock' ? { offsetSeconds: result as number } : {}
    steps.push({ step: next, outcome: 'passed', milliseconds: elapsed(next), ...offset })
    return result
  }
  const elapsed = (of: PeerStep): number => Math.round(performance.now() - (began.get(of) ?? performance.now()))

  try {
    const { host, port } = await pass('address', () => resolve(address))
    socket = connect({
      host,
      port,
      key: keyring.transport.key,
      cert: keyring.transport.certificate,
      minVersion: 'TLSv1.3',
      // Whom we talk to is decided by the pin.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    })
    const opening = socket
    await pass('connect', () => open(opening, 'connect', tcpFailure, patience))
    await pass('tls', () => open(opening, 'secureConnect', tlsFailure, patience))
    const { answer, sent } = await pass('identity', () => {
      verifyPin(opening, pinnedKey(registry, party), new Date(clock()))
      return ask(opening, clock, patience)
    })
    await pass('protocol', () => verifyAnswer(answer, party))
    await pass('clock', () => verifyClock(answer, sent, clock()))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    const offset = error.cause instanceof ClockOffset ? { offsetSeconds: error.cause.seconds } : {}
    steps.push({ step, outcome: 'failed', code: error.code, milliseconds: elapsed(step), ...offset })
  } finally {
    socket?.destroy()
  }
  const skipped = peerSteps.slice(steps.length)
  for (const rest of skipped) steps.push({ step: rest, outcome: 'skipped', milliseconds: 0 })
  return { party, passed: steps.every(({ outcome }) => outcome === 'passed'), steps }
}

async function resolve(address: string): Promise<{ host: string; port: number }> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' || url.hostname === '') throw new StepFailed('peer.address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  try {
    await lookup(host)
  } catch (cause) {
    throw new StepFailed('peer.unresolved', cause)
  }
  return { host, port: Number(url.port === '' ? 443 : url.port) }
}

/** Waits until the socket is open in the sense of the event, and no longer than a step may take. */
function open(
  socket: TLSSocket,
  event: 'connect' | 'secureConnect',
  failureOf: (error: Error) => PeerFailure,
  patience: number,
): Promise<void> {
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => reject(new StepFailed('peer.timeout')), patience)
    const settle = (then: () => void): void => {
      clearTimeout(timer)
      then()
    }
    // Errors after this step belong to the next one, which listens for itself.
    socket.on('error', (error: Error) => settle(() => reject(new StepFailed(failureOf(error), error))))
    socket.once('close', () => settle(() => reject(new StepFailed('peer.closed'))))
    socket.once(event, () => settle(() => fulfil()))
  })
}

function tcpFailure(error: Error): PeerFailure {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'peer.refused'
  return code === 'ETIMEDOUT' ? 'peer.timeout' : 'peer.unreachable'
}

function tlsFailure(error: Error): PeerFailure {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code)) return 'peer.tls-version'
  return code === 'ECONNRESET' ? 'peer.closed' : 'peer.tls'
}

/** A party whose transport key was revoked has none in force, so nobody can be it. */
function pinnedKey(registry: Registry, party: string): string | undefined {
  try {
    return registry.key(party, 'transport')
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

function verifyPin(socket: TLSSocket, pin: string | undefined, now: Date): void {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) throw new StepFailed('peer.pin')
  if (now < certificate.validFromDate || now > certificate.validToDate) throw new StepFailed('peer.expired')
  if (pinOf(certificate, now) !== pin) throw new StepFailed('peer.pin')
}

interface Asked {
  readonly answer: IncomingMessage
  readonly sent: number
}

/** Asks who is there. Whoever does not know our key closes the connection instead of answering. */
function ask(socket: TLSSocket, clock: () => number, patience: number): Promise<Asked> {
  return new Promise((fulfil, reject) => {
    const sent = clock()
    const question = request({
      createConnection: () => socket,
      path: peerPaths.node,
      headers: { host: 'peer', connection: 'close' },
      timeout: patience,
    })
    question.once('response', (answer) => fulfil({ answer, sent }))
    question.once('timeout', () => reject(new StepFailed('peer.timeout')))
    question.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new StepFailed(cause.code?.startsWith('HPE_') === true ? 'peer.protocol' : 'peer.closed', cause))
    })
    question.end()
  })
}

async function verifyAnswer(answer: IncomingMessage, party: string): Promise<void> {
  let text = ''
  try {
    for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk
      if (text.length > answerBytesMax) break
    }
  } catch (cause) {
    throw new StepFailed('peer.protocol', cause)
  }
  if (answer.statusCode !== 200 || text !== `${party}\n`) throw new StepFailed('peer.protocol')
}

class ClockOffset extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super(`the peer's clock is off by ${seconds} s`)
    this.seconds = seconds
  }
}

/** Half the round trip is taken off, as nobody knows where in it the peer looked at its clock. */
function verifyClock(answer: IncomingMessage, sent: number, now: number): number {
  const said = answer.headers[timeHeader]
  if (typeof said !== 'string' || !/^[0-9]{1,15}$/.test(said)) throw new StepFailed('peer.clock')
  // Never minus zero.
  const seconds = Math.round((Number(said) - (sent + now) / 2) / 1000) + 0
  if (Math.abs(seconds) > clockOffsetSecondsMax) throw new StepFailed('peer.clock', new ClockOffset(seconds))
  return seconds
}
