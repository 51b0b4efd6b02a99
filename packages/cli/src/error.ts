// The one error class of the command line: what a person asked for cannot be done this way.

import type { TextsErrorCode } from '@parley/texts'
import type { Ending } from './exit-codes.ts'

export type CliErrorCode =
  | TextsErrorCode
  | 'usage.argument'
  | 'usage.channel'
  | 'usage.code'
  | 'usage.session'
  | 'usage.url'
  | 'usage.draft'
  | 'usage.home'
  | 'usage.key'
  | 'usage.keys'
  | 'usage.party'
  | 'usage.person'
  | 'usage.prefix'
  | 'usage.role'
  | 'usage.text'
  | 'usage.text-format'
  | 'client.unreachable'
  | 'home.running'
  | 'draft.moved'
  | 'entry.absent'
  | 'file.exists'
  | 'file.missing'
  | 'release.changed'
  | 'simulation.absent'
  | 'wait.timeout'

const endings: Readonly<Partial<Record<CliErrorCode, Ending>>> = {
  'text.empty': 'refused',
  'text.language': 'refused',
  'text.limit': 'refused',
  'text.long': 'refused',
  'client.unreachable': 'unreachable',
  'home.running': 'busy',
  'draft.moved': 'busy',
  'release.changed': 'refused',
  'file.exists': 'busy',
}

/** `code` is stable; the message is in the language of the person. */
export class CliError extends Error {
  readonly code: CliErrorCode
  readonly ending: Ending

  constructor(code: CliErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.ending = endings[code] ?? (code.startsWith('usage.') ? 'usage' : 'failed')
  }
}
