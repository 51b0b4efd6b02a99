// Leaving: the session ends at the node, and nothing of it stays on this device.

import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../data/client.ts'
import { discardDrafts } from '../data/drafts.ts'

const mutationKey = ['signOut']

/** True from the moment somebody leaves: a page that is still there would ask without a session, and be refused. */
export function useIsSigningOut(): boolean {
  return useIsMutating({ mutationKey }) > 0
}

export function useSignOut(): () => void {
  const router = useRouter()
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: () => client.signOut(),
    async onSettled() {
      discardDrafts()
      // Whoever comes next on this device finds nothing of this session.
      sessionStorage.clear()
      queries.removeQueries({ queryKey: ['viewSession'] })
      await router.invalidate()
      queries.removeQueries({ type: 'inactive' })
    },
  })
  return mutate
}
