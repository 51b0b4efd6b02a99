// The options that say a body, and the body that they make: an original text, a translation of it, and particulars.

import { formatBodyContent } from '@parley/mechanism'
import type { BodyContent } from '@parley/mechanism'
import type { StateObject } from '@parley/api'
import type { Command } from 'commander'
import { CliError } from './error.ts'
import { readText } from './files.ts'
import type { Terminal } from './terminal.ts'

export interface BodyOptions {
  readonly text?: string
  readonly file?: string
  readonly textLanguage?: string
  readonly translation?: string
  readonly translationLanguage?: string
  readonly translatedBy?: string
  readonly particular?: readonly string[]
  /** Items of evidence that go along. */
  readonly attach?: readonly string[]
}

export function addBodyOptions(command: Command, { say }: Terminal): void {
  command
    .option('--text <text>', say('option.text'))
    .option('--file <file>', say('option.file'))
    .option('--text-language <tag>', say('option.text-language'))
    .option('--translation <file>', say('option.translation'))
    .option('--translation-language <tag>', say('option.translation-language'))
    .option('--translated-by <name>', say('option.translated-by'))
    .option('--particular <code=text...>', say('option.particular'))
    .option('--attach <item...>', say('option.attach'))
}

/**
 * The body, or undefined when the options say none.
 *
 * @throws CliError `usage.text`, `file.missing`; MechanismError `body-content.*`
 */
export async function readBody(
  options: BodyOptions,
  isRequired: boolean,
  terminal: Terminal,
): Promise<StateObject | undefined> {
  const { language, say } = terminal
  const { file, particular, text, translatedBy, translation } = options
  if (text !== undefined && file !== undefined) throw new CliError('usage.text', say('error.text-twice'))
  const original = file === undefined ? text : await readText(file, terminal)
  if (original === undefined) {
    if (isRequired || translation !== undefined || particular !== undefined) {
      throw new CliError('usage.text', say('error.text-missing'))
    }
    return undefined
  }
  const originalLanguage = options.textLanguage ?? language
  const texts: BodyContent['texts'][number][] = [{ language: originalLanguage, role: 'original', text: original }]
  if (translation !== undefined) {
    const other = originalLanguage.startsWith('zh') ? 'en' : 'zh-Hans'
    texts.push({
      language: options.translationLanguage ?? other,
      role: 'translation',
      text: await readText(translation, terminal),
      ...(translatedBy === undefined ? {} : { by: translatedBy }),
    })
  }
  const fields = readParticulars(particular, terminal)
  const content: BodyContent = { v: 1, texts, ...(fields === undefined ? {} : { fields }) }
  // Refused here already, with the place, rather than by a node.
  formatBodyContent(content)
  return content as unknown as StateObject
}

function readParticulars(given: readonly string[] | undefined, { say }: Terminal): Record<string, string> | undefined {
  if (given === undefined) return undefined
  return Object.fromEntries(
    given.map((item) => {
      const at = item.indexOf('=')
      if (at < 1) throw new CliError('usage.argument', say('error.particular', { value: item }))
      return [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}
