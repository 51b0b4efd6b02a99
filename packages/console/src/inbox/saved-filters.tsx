// The filters that a person keeps: each a link to the same list, and the one that is in the address can be kept.

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { fromFilter, toFilter } from '../data/list-query.ts'
import type { ListQuery } from '../data/list-query.ts'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Link } from '../ui/link.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import styles from './inbox.module.css'

const nameLengthMax = 64

/** The same for the same filter, whatever the order of its conditions. */
function spell(query: ListQuery): string {
  return JSON.stringify(toFilter(query), ['assigned', 'direction', 'dueHours', 'q', 'statuses', 'unread', 'watched'])
}

export function SavedFilters(props: { readonly search: ListQuery; readonly narrowed: boolean }) {
  const t = useTranslations('inbox')
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(view('listSavedFilters'))
  const [asking, setAsking] = useState(false)
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const settled = () => queries.invalidateQueries({ queryKey: ['listSavedFilters'] })
  const keep = useMutation({
    mutationFn: () => client.putSavedFilter({ body: { name: name.trim(), filter: toFilter(props.search) } }),
    onSuccess: async () => {
      await settled()
      setAsking(false)
      setName('')
    },
  })
  const remove = useMutation({
    mutationFn: (kept: string) => client.removeSavedFilter({ body: { name: kept } }),
    onSettled: settled,
  })
  const same = (query: ListQuery) => spell(query) === spell(props.search)
  const current = data.items.find(({ filter }) => same(fromFilter(filter)))

  if (data.items.length === 0 && !props.narrowed) return null
  return (
    <div className={styles.saved} data-screen-only="">
      {data.items.length === 0 ? null : (
        <ul className={styles.directions} aria-label={t('savedFilters')}>
          {data.items.map((kept) => (
            <li key={kept.name}>
              <Link
                {...paths.inbox(fromFilter(kept.filter))}
                className={`${styles.direction} ${kept === current ? styles.chosen : ''}`}
              >
                <Untrusted>{kept.name}</Untrusted>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {!props.narrowed ? null : current === undefined ? (
        <Button look="quiet" onPress={() => setAsking(true)}>
          {t('keepFilter')}
        </Button>
      ) : (
        <Button look="quiet" onPress={() => remove.mutate(current.name)}>
          {t('removeFilter')}
        </Button>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title={t('keepFilter')}>
        {keep.error === null ? null : <ProblemNotice problem={keep.error} />}
        <FormShell
          action={t('keep')}
          pending={keep.isPending}
          onSubmit={() => {
            if (name.trim() === '') setMissing(true)
            else keep.mutate()
          }}
          onCancel={() => setAsking(false)}
          cancel={t('cancel')}
        >
          <TextField
            label={t('filterName')}
            value={name}
            onChange={(text) => {
              setName(text)
              setMissing(false)
            }}
            lengthMax={nameLengthMax}
            error={missing ? t('filterNameMissing') : undefined}
          />
        </FormShell>
      </Dialog>
    </div>
  )
}
