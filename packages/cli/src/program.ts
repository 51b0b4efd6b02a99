// The whole command line: every command, and how its help and its refusals are spelled in the person's language.

import { Command, Help } from 'commander'
import type { CommanderError } from 'commander'
import { addAdoptCommand } from './commands/adopt.ts'
import { addBundleCommands } from './commands/bundle.ts'
import { addCardCommand } from './commands/card.ts'
import { addChannelCommands } from './commands/channel.ts'
import { addCutCommand } from './commands/cut.ts'
import { addDirectoryCommands } from './commands/directory.ts'
import { addEvidenceCommands } from './commands/evidence.ts'
import { addDraftCommands } from './commands/draft.ts'
import { addFsckCommand } from './commands/fsck.ts'
import { addInboxCommands } from './commands/inbox.ts'
import { addHotlineCommands } from './commands/hotline.ts'
import { addInitCommand } from './commands/init.ts'
import { addLogCommand } from './commands/log.ts'
import { addOfficialCommands } from './commands/official.ts'
import { addNoticesCommands } from './commands/notices.ts'
import { addPackCommands } from './commands/pack.ts'
import { addPeersCommands } from './commands/peers.ts'
import { addPeopleCommands } from './commands/people.ts'
import { addPingCommands } from './commands/ping.ts'
import { addProveCommand } from './commands/prove.ts'
import { addReleaseCommands } from './commands/release.ts'
import { addRequestCommands } from './commands/request.ts'
import { addSessionsCommands } from './commands/sessions.ts'
import { addShowCommand } from './commands/show.ts'
import { addSignInCommands } from './commands/sign-in.ts'
import { addSimulateCommand } from './commands/simulate.ts'
import { addStartCommand } from './commands/start.ts'
import { addTextCommands } from './commands/text.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { addCommonOptions } from './common-options.ts'
import type { Terminal } from './terminal.ts'
import type { WordKey } from './words/en.ts'

const titles: Readonly<Record<string, WordKey>> = {
  'Usage:': 'help.usage',
  'Options:': 'help.options',
  'Global Options:': 'help.global',
  'Commands:': 'help.commands',
  'Arguments:': 'help.arguments',
}

/** The program. It throws a CommanderError where the library would end the process. */
export function createProgram(terminal: Terminal): Command {
  const { say } = terminal
  const program = new Command('parley')
  program
    .description(say('program'))
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: terminal.warn })
    .configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      styleTitle: (title) => (Object.hasOwn(titles, title) ? say(titles[title]!) : title),
      optionDescription(option) {
        const choices = option.argChoices === undefined ? '' : ` (${option.argChoices.join(' | ')})`
        return option.argChoices === undefined
          ? Help.prototype.optionDescription.call(this, option)
          : `${option.description}${choices}`
      },
    })
    .helpOption('-h, --help', say('option.help'))
    .helpCommand('help [command]', say('command.help'))
  addCommonOptions(program, terminal)
  const adders = [
    addInitCommand,
    addCardCommand,
    addChannelCommands,
    addStartCommand,
    addPackCommands,
    addTextCommands,
    addAdoptCommand,
    addRequestCommands,
    addEvidenceCommands,
    addDraftCommands,
    addReleaseCommands,
    addInboxCommands,
    addNoticesCommands,
    addHotlineCommands,
    addDirectoryCommands,
    addPingCommands,
    addLogCommand,
    addShowCommand,
    addProveCommand,
    addVerifyCommand,
    addBundleCommands,
    addPeersCommands,
    addPeopleCommands,
    addSignInCommands,
    addSessionsCommands,
    addOfficialCommands,
    addCutCommand,
    addFsckCommand,
    addSimulateCommand,
  ]
  for (const add of adders) add(program, terminal)
  return program
}

const refusals: Readonly<Record<string, WordKey>> = {
  'commander.unknownOption': 'usage.unknown-option',
  'commander.unknownCommand': 'usage.unknown-command',
  'commander.missingArgument': 'usage.missing-argument',
  'commander.optionMissingArgument': 'usage.option-value',
  'commander.missingMandatoryOptionValue': 'usage.missing-option',
  'commander.excessArguments': 'usage.excess',
}

/** A refusal of the library as `code` and sentence, or undefined when it only showed help. */
export function explainUsage(
  error: CommanderError,
  { say }: Terminal,
): { readonly code: string; readonly message: string } | undefined {
  // Asked for, help is an answer; shown because no command was named, it is a refusal without a word.
  if (error.code.startsWith('commander.help')) return undefined
  const [, name = ''] = /'([^']*)'/.exec(error.message) ?? []
  const code = `usage.${error.code.replace('commander.', '').replaceAll(/[A-Z]/g, (a) => `-${a.toLowerCase()}`)}`
  const key = refusals[error.code]
  if (key !== undefined) return { code, message: say(key, { name }) }
  return { code, message: error.message.replace(/^error: /, '') }
}
