// Following an invitation: the person makes a passkey and is signed in with it.

import type { SessionView } from '@parley/api'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { client } from '../data/client.ts'
import { FormShell } from '../ui/form-shell.tsx'
import { TextField } from '../ui/text-field.tsx'
import { PasskeyProblem } from './passkey-problem.tsx'
import { createPasskey } from './passkey.ts'

const labelLengthMax = 100

export function EnrolmentForm(props: {
  readonly invitation: string
  readonly onSignedIn: (session: SessionView) => Promise<void>
}) {
  const { invitation, onSignedIn } = props
  const t = useTranslations('session')
  const [label, setLabel] = useState(() => t('passkeyFirst'))
  const enrol = useMutation({
    mutationFn: async (name: string) => {
      const attestation = await createPasskey(await client.beginEnrolment({ body: { invitation } }))
      return client.enrolPasskey({ body: { invitation, attestation, label: name } })
    },
    onSuccess: onSignedIn,
  })
  return (
    <>
      {enrol.isError ? <PasskeyProblem problem={enrol.error} /> : null}
      <FormShell
        action={t('enrol')}
        pending={enrol.isPending}
        onSubmit={() => enrol.mutate(label.trim() === '' ? t('passkeyFirst') : label.trim())}
      >
        <TextField
          label={t('passkeyLabel')}
          hint={t('passkeyLabelHint')}
          value={label}
          onChange={setLabel}
          lengthMax={labelLengthMax}
          autoComplete="off"
        />
      </FormShell>
    </>
  )
}
