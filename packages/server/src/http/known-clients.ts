// From where each person has signed in lately. When somebody guesses at an account from everywhere, those places stay open to
// its owner. In memory: after a restart every place is new.

/** Accounts, and places of each, that are remembered; the oldest go first. */
const accountsMax = 1_000
const clientsAccountMax = 16

export interface KnownClients {
  note(account: string, client: string): void
  has(account: string, client: string): boolean
}

export function createKnownClients(): KnownClients {
  const known = new Map<string, Set<string>>()
  return {
    note(account, client) {
      const clients = known.get(account) ?? new Set()
      // Set anew, the account and the place are the youngest.
      known.delete(account)
      known.set(account, clients)
      clients.delete(client)
      clients.add(client)
      if (clients.size > clientsAccountMax) clients.delete(clients.values().next().value!)
      if (known.size > accountsMax) known.delete(known.keys().next().value!)
    },
    has: (account, client) => known.get(account)?.has(client) === true,
  }
}
