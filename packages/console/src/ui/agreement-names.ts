// The names that the agreement of the channel gives to its parties and commitments, for every part that shows one by id.

import { createContext, useContext } from 'react'
import { formatShown } from './untrusted-text.ts'

export interface AgreementNamesValue {
  readonly parties: ReadonlyMap<string, string>
  readonly commitments: ReadonlyMap<string, string>
}

/** Names by id, in the language of the page; what the agreement does not name goes by its id. */
export const AgreementNames = createContext<AgreementNamesValue>({ parties: new Map(), commitments: new Map() })

/** The name of a party as text, with nothing hidden in it. Ids as short as a country's code are written as such codes are. */
export function usePartyName(): (party: string) => string {
  const { parties } = useContext(AgreementNames)
  return (party) => formatShown(parties.get(party) ?? (party.length <= 3 ? party.toUpperCase() : party))
}

/** The name of a commitment as text, with nothing hidden in it. */
export function useCommitmentName(): (commitment: string) => string {
  const { commitments } = useContext(AgreementNames)
  return (commitment) => formatShown(commitments.get(commitment) ?? commitment)
}
