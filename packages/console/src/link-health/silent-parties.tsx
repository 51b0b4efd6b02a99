// On every page, as long as it matters: the parties that our logs wait for, or that this node goes on without.

import { useSuspenseQuery } from '@tanstack/react-query'
import { view } from '../data/queries.ts'
import SilentParty from './silent-party.tsx'

export default function SilentParties() {
  const { data } = useSuspenseQuery(view('listPeers'))
  const silent = data.items.filter(
    ({ holdsUp, override }) => holdsUp.length > 0 || (override?.state === 'done' && !override.heardSince),
  )
  return silent.map((peer) => <SilentParty key={peer.party} peer={peer} />)
}
