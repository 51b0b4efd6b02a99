// Mail: when, where to, in which language, and at what time of the person's own day.

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { SomeOf } from '../ui/choice.tsx'
import type { FieldFault } from '../ui/error-summary.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useSay } from '../ui/toasts.tsx'
import { formatMinute, parseMinute } from './local-minute.ts'

const ways = ['never', 'digest', 'each'] as const
const languages = ['en', 'zh-Hans'] as const

export function MailForm() {
  const t = useTranslations('notices')
  const queries = useQueryClient()
  const say = useSay()
  const { data } = useSuspenseQuery(view('viewNoticePreferences'))
  const [draft, setDraft] = useState({
    ...data,
    address: data.address ?? '',
    digestMinute: formatMinute(data.digestMinute),
  })
  const [checked, setChecked] = useState(false)
  const minute = parseMinute(draft.digestMinute)
  const address = draft.address.trim()
  const addressFault = draft.mail !== 'never' && address === '' ? t('addressMissing') : undefined
  const minuteFault = minute === undefined ? t('digestTimeWrong') : undefined
  const faults: FieldFault[] = [
    ...(addressFault === undefined ? [] : [{ field: 'address', message: addressFault }]),
    ...(minuteFault === undefined ? [] : [{ field: 'digest', message: minuteFault }]),
  ]
  const save = useMutation({
    mutationFn: () =>
      client.putNoticePreferences({
        body: { ...draft, address: address === '' ? null : address, digestMinute: minute ?? 0 },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['viewNoticePreferences'] })
      say(t('saved'))
    },
  })
  return (
    <>
      {save.error === null ? null : <ProblemNotice problem={save.error} />}
      <FormShell
        action={t('save')}
        pending={save.isPending}
        faults={checked ? faults : []}
        onSubmit={() => {
          setChecked(true)
          if (faults.length === 0) save.mutate()
        }}
      >
        <Select
          label={t('mail')}
          value={draft.mail}
          options={ways.map((id) => ({ id, label: t(`mail_${id}`) }))}
          onChange={(id) => setDraft({ ...draft, mail: ways.find((way) => way === id) ?? 'never' })}
        />
        <TextField
          id="address"
          label={t('address')}
          value={draft.address}
          onChange={(text) => setDraft({ ...draft, address: text })}
          error={checked ? addressFault : undefined}
          autoComplete="email"
          spellCheck={false}
        />
        <Select
          label={t('language')}
          value={draft.language}
          options={languages.map((id) => ({ id, label: t(`language_${id}`) }))}
          onChange={(id) => setDraft({ ...draft, language: languages.find((known) => known === id) ?? 'en' })}
        />
        <TextField
          label={t('timeZone')}
          hint={t('timeZoneHint')}
          value={draft.timeZone}
          onChange={(timeZone) => setDraft({ ...draft, timeZone })}
          spellCheck={false}
        />
        <TextField
          id="digest"
          label={t('digestTime')}
          hint={t('digestTimeHint')}
          value={draft.digestMinute}
          onChange={(text) => setDraft({ ...draft, digestMinute: text })}
          error={checked ? minuteFault : undefined}
          spellCheck={false}
        />
        <SomeOf
          label={t('scope')}
          choices={[{ id: 'every', label: t('everyRequest') }]}
          value={draft.everyRequest ? ['every'] : []}
          onChange={(chosen) => setDraft({ ...draft, everyRequest: chosen.includes('every') })}
        />
      </FormShell>
    </>
  )
}
