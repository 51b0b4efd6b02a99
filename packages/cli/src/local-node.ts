// A node that is opened by this very process, without its interfaces, for what is done while it does not run.

import { nodeCrypto } from '@parley/record/node'
import { openHome, openNode } from '@parley/server'
import type { NodeOptions, ParleyNode } from '@parley/server'
import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'

export function nodeOptions(terminal: Terminal): NodeOptions {
  return {
    crypto: nodeCrypto,
    clock: Date.now,
    fatal(error) {
      throw error
    },
    alarm: (code, origin) => terminal.warn(`${code} ${origin}`),
  }
}

/** Opens the node of a home, hands it to `use` and closes it. @throws CliError `home.running`, and what `use` throws */
export async function withLocalNode<Result>(
  home: string,
  terminal: Terminal,
  use: (node: ParleyNode) => Promise<Result>,
): Promise<Result> {
  const node = await openLocal(home, terminal)
  try {
    return await use(node)
  } finally {
    await node.close()
  }
}

async function openLocal(home: string, terminal: Terminal): Promise<ParleyNode> {
  try {
    return await openNode(await openHome(home), nodeOptions(terminal))
  } catch (cause) {
    const { code } = cause as { code?: unknown }
    if (code !== 'lock.held' && code !== 'db.locked') throw cause
    throw new CliError('home.running', terminal.say('error.running', { home }), { cause })
  }
}
