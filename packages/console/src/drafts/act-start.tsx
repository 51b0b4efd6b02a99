// Where a deed that somebody has chosen begins: at the form that records it, or at a draft that somebody else approves.

import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import ActForm from '../requests/act-form.tsx'
import type { ActFormProps } from '../requests/act-form.tsx'
import { Button } from '../ui/button.tsx'
import { actsDirectly } from './acts-directly.ts'
import { BeginDraft } from './begin-draft.tsx'

export default function ActStart(props: ActFormProps) {
  const t = useTranslations('drafts')
  const { data: session } = useSuspenseQuery(view('viewSession'))
  if (actsDirectly(session.grants, props.type)) return <ActForm {...props} />
  return (
    <>
      <BeginDraft
        channel={props.channel}
        type={props.type}
        subject={props.subject}
        data={{ ...props.suggested, ...props.fixed }}
        exercise={props.exercise}
      />
      {props.onCancel === undefined ? null : <Button onPress={props.onCancel}>{t('cancel')}</Button>}
    </>
  )
}
