// The one error class of the server. Codes are a union: added, never renamed; the ones a person can meet over HTTP are
// mapped to problems in one place (http/).

export type ServerErrorCode =
  | 'home.exists'
  | 'home.missing'
  | 'home.malformed'
  | 'keys.missing'
  | 'keys.permissions'
  | 'channel.unknown'
  | 'channel.exists'
  | 'channel.not-a-party'
  | 'pack.unknown'
  | 'pack.mismatch'
  | 'peer.unknown'
  | 'peer.address'
  | 'peer.unreachable'
  | 'peer.pin'
  | 'peer.protocol'
  | 'peer.limit'
  | 'peer.busy'
  | 'override.refused'
  | 'log.unknown'
  | 'log.read-only'
  | 'log.busy'
  | 'log.damaged'
  | 'entry.unknown'
  | 'entry.unpublished'
  | 'entry.refused'
  | 'body.unknown'
  | 'body.unreadable'
  | 'bundle.recipient'
  | 'bundle.refused'
  | 'bundle.limit'
  | 'subject.unknown'
  | 'document.not-set'
  | 'evidence.unknown'
  | 'evidence.missing'
  | 'evidence.unstated'
  | 'evidence.damaged'
  | 'evidence.storage'
  | 'upload.unknown'
  | 'upload.offset'
  | 'upload.length'
  | 'upload.limit'
  | 'notice.mail'
  | 'notice.webhook'

/** Bytes, people or the surroundings are wrong. `detail` carries what a caller may act on, such as the rule's code. */
export class ServerError extends Error {
  readonly code: ServerErrorCode
  readonly detail: string | undefined

  constructor(code: ServerErrorCode, message: string, options?: { cause?: unknown; detail?: string }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ServerError'
    this.code = code
    this.detail = options?.detail
  }
}
