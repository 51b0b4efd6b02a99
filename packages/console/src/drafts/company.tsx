// Who else has this draft open, asked for while the page is, so that two people at one text know of each other.

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { ColleagueName } from './colleague-name.tsx'

/** The node forgets somebody after thirty. */
const callSeconds = 10

export function Company(props: { readonly channel: string; readonly draft: string }) {
  const t = useTranslations('drafts')
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const { data } = useQuery({
    ...view('joinDraft', { params: { channel: props.channel, draft: props.draft } }),
    refetchInterval: callSeconds * 1000,
    staleTime: 0,
  })
  const others = data?.people.filter(({ id }) => id !== session.account) ?? []
  return (
    <output aria-live="polite">
      {others.length === 0 ? (
        t('aloneHere')
      ) : (
        <>
          {t('alsoHere')}{' '}
          {others.map((person, place) => (
            <span key={person.id}>
              {place === 0 ? '' : t('comma')}
              <ColleagueName person={person} />
            </span>
          ))}
        </>
      )}
    </output>
  )
}
