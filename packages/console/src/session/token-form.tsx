// Signing in with the operator's token: open until somebody looks after people.

import { useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { SessionView } from '@parley/api'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { FormShell } from '../ui/form-shell.tsx'
import { TextField } from '../ui/text-field.tsx'
import { consumeLinkToken } from './link-token.ts'

const fieldId = 'token'

export function TokenForm(props: { readonly onSignedIn: (session: SessionView) => Promise<void> }) {
  const { onSignedIn } = props
  const t = useTranslations('session')
  const [token, setToken] = useState('')
  const [missing, setMissing] = useState(false)
  const signIn = useMutation({
    mutationFn: (given: string) => client.signIn({ body: { token: given } }),
    onSuccess: (session) => {
      setToken('')
      return onSignedIn(session)
    },
  })

  const { mutate } = signIn
  const tried = useRef(false)
  useEffect(() => {
    const given = tried.current ? undefined : consumeLinkToken()
    tried.current = true
    if (given !== undefined) mutate(given)
    const onLink = () => {
      const brought = consumeLinkToken()
      if (brought !== undefined) mutate(brought)
    }
    window.addEventListener('hashchange', onLink)
    return () => window.removeEventListener('hashchange', onLink)
  }, [mutate])

  return (
    <>
      {signIn.isError ? <ProblemNotice problem={signIn.error} live /> : null}
      <FormShell
        action={t('action')}
        pending={signIn.isPending}
        faults={missing && token === '' ? [{ field: fieldId, message: t('missing') }] : []}
        onSubmit={() => {
          const given = token.trim()
          setMissing(given === '')
          if (given !== '') mutate(given)
        }}
      >
        <TextField
          id={fieldId}
          label={t('token')}
          hint={t('hint')}
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={setToken}
          error={missing && token === '' ? t('missing') : undefined}
        />
      </FormShell>
    </>
  )
}
