// The sign-in: an operator's token, pasted or brought by a link. It stands where the wanted page will be, so that no
// address has to be remembered or trusted.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { localeNames, locales } from '../i18n/locale.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Button } from '../ui/button.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { TextField } from '../ui/text-field.tsx'
import { consumeLinkToken } from './link-token.ts'
import styles from './sign-in-page.module.css'

const fieldId = 'token'

export default function SignInPage() {
  const t = useTranslations('session')
  const router = useRouter()
  const queries = useQueryClient()
  const { locale, choose } = useLanguage()
  const [token, setToken] = useState('')
  const [missing, setMissing] = useState(false)
  const signIn = useMutation({
    mutationFn: (given: string) => client.signIn({ body: { token: given } }),
    onSuccess: async (session) => {
      setToken('')
      queries.setQueryData(view('viewSession').queryKey, session)
      await router.invalidate()
    },
  })

  const { mutate } = signIn
  const tried = useRef(false)
  useEffect(() => {
    document.title = `${t('title')} · Parley`
    const given = tried.current ? undefined : consumeLinkToken()
    tried.current = true
    if (given !== undefined) mutate(given)
    const onLink = () => {
      const brought = consumeLinkToken()
      if (brought !== undefined) mutate(brought)
    }
    window.addEventListener('hashchange', onLink)
    return () => window.removeEventListener('hashchange', onLink)
  }, [mutate, t])

  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <p className={styles.name}>Parley</p>
        <h1>{t('title')}</h1>
        <p className={styles.lead}>{t('lead')}</p>
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
        <div className={styles.languages}>
          {locales.map((other) =>
            other === locale ? null : (
              <Button key={other} look="quiet" onPress={() => choose(other)}>
                <span lang={other}>{localeNames[other]}</span>
              </Button>
            ),
          )}
        </div>
      </div>
    </main>
  )
}
