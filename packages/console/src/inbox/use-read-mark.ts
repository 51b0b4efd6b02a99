// A request that is shown is read: said to the node each time its state is another one.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client } from '../data/client.ts'

export function useReadMark(channel: string, id: string, stateDigest: string): void {
  const queries = useQueryClient()
  const marked = useRef('')
  useEffect(() => {
    const state = `${channel} ${id} ${stateDigest}`
    if (marked.current === state) return
    marked.current = state
    client
      .markRequestRead({ params: { channel, id } })
      .then(() => queries.invalidateQueries({ queryKey: ['listInbox'] }))
      // Only a mark: the next look makes it again.
      .catch(() => undefined)
  }, [queries, channel, id, stateDigest])
}
