// Looks on every page whether a call from the other side rings. What announces it is loaded when one does.

import { useQueries, useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { view } from '../data/queries.ts'

const RingingBanner = lazy(() => import('./ringing-banner.tsx'))

export default function RingingCalls() {
  const { data: channels } = useSuspenseQuery(view('listChannels'))
  const answers = useQueries({
    queries: channels.items.map(({ id }) =>
      view('listCalls', { params: { channel: id }, query: { status: 'ringing', direction: 'incoming' } }),
    ),
  })
  const calls = answers.flatMap(({ data }) => data?.items ?? [])
  return calls.length === 0 ? null : (
    <Suspense fallback={null}>
      <RingingBanner calls={calls} />
    </Suspense>
  )
}
