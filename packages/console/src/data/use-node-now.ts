// The node's clock, as the pages need it: ages and what is due are told by it and not by this machine's clock, which may
// be wrong.

import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { view } from './queries.ts'

const tickSeconds = 30

/** Milliseconds since the epoch by the node's clock; it goes on in steps of half a minute. */
export function useNodeNow(): number {
  const { data, dataUpdatedAt } = useSuspenseQuery(view('viewNode'))
  const [ticked, setTicked] = useState(dataUpdatedAt)
  useEffect(() => {
    const timer = setInterval(() => setTicked(Date.now()), tickSeconds * 1000)
    return () => clearInterval(timer)
  }, [])
  return data.now + Math.max(0, ticked - dataUpdatedAt)
}
