// Where the provider sends people back to: the page hands what came to the node, which knows whether it is an answer to
// anything. Nothing of it stays in the address.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { Link } from '../ui/link.tsx'
import styles from './sign-in-page.module.css'

export default function OidcPage() {
  const t = useTranslations('session')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const sent = useRef(false)
  const signIn = useMutation({
    mutationFn: (body: { code: string; state: string; iss: string }) => client.signInWithOidc({ body }),
    onSuccess: async (session) => {
      queries.setQueryData(view('viewSession').queryKey, session)
      await navigate({ ...paths.home(), replace: true })
    },
  })
  const { mutate } = signIn
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    document.title = `${t('title')} · Parley`
    const came = new URLSearchParams(location.search)
    history.replaceState(null, '', location.pathname)
    const part = (name: string) => came.get(name) ?? 'none'
    mutate({ code: part('code'), state: part('state'), iss: part('iss') })
  }, [mutate, t])
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <p className={styles.name}>Parley</p>
        <h1>{t('title')}</h1>
        {signIn.isError ? <ProblemNotice problem={signIn.error} live /> : <p>{t('providerAnswer')}</p>}
        {signIn.isError ? (
          <p>
            <Link {...paths.home()}>{t('back')}</Link>
          </p>
        ) : null}
      </div>
    </main>
  )
}
