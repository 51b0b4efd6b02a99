// The sign-in: a passkey first, then whatever else is open here. It stands where the wanted page will be, so that no address
// has to be remembered or trusted.

import type { SessionView } from '@parley/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { localeNames, locales } from '../i18n/locale.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Button } from '../ui/button.tsx'
import { EnrolmentForm } from './enrolment-form.tsx'
import { consumeLinkInvitation } from './link-token.ts'
import { PasskeyProblem } from './passkey-problem.tsx'
import { isUnderName, proveByPasskey } from './passkey.ts'
import styles from './sign-in-page.module.css'
import { TokenForm } from './token-form.tsx'

let brought: string | undefined

/** An invitation outlives a second rendering of the page, and nothing more. */
function takeInvitation(): string | undefined {
  brought = consumeLinkInvitation() ?? brought
  return brought
}

export default function SignInPage() {
  const t = useTranslations('session')
  const router = useRouter()
  const queries = useQueryClient()
  const { locale, choose } = useLanguage()
  const { data: ways, error } = useQuery(view('viewSignIn'))
  const [invitation, setInvitation] = useState(takeInvitation)

  useEffect(() => {
    document.title = `${t('title')} · Parley`
    const onLink = () => setInvitation(takeInvitation())
    window.addEventListener('hashchange', onLink)
    return () => window.removeEventListener('hashchange', onLink)
  }, [t])

  const onSignedIn = async (session: SessionView) => {
    brought = undefined
    queries.setQueryData(view('viewSession').queryKey, session)
    await router.invalidate()
  }

  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <p className={styles.name}>Parley</p>
        <h1>{invitation === undefined ? t('title') : t('enrolTitle')}</h1>
        <p className={styles.lead}>
          {invitation !== undefined ? t('enrolLead') : ways?.token === false ? t('leadPeople') : t('lead')}
        </p>
        {error === null ? null : <ProblemNotice problem={error} />}
        {(invitation !== undefined || ways?.token === false) && !isUnderName() ? <NameNotice /> : null}
        {invitation === undefined ? null : <EnrolmentForm invitation={invitation} onSignedIn={onSignedIn} />}
        {invitation === undefined && ways?.token === false && ways.passkey ? (
          <PasskeyButton onSignedIn={onSignedIn} />
        ) : null}
        {ways?.oidc === true ? <OidcButton invitation={invitation} /> : null}
        {invitation === undefined && ways?.token === true ? <TokenForm onSignedIn={onSignedIn} /> : null}
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

function PasskeyButton({ onSignedIn }: { readonly onSignedIn: (session: SessionView) => Promise<void> }) {
  const t = useTranslations('session')
  const signIn = useMutation({
    mutationFn: async () => {
      const assertion = await proveByPasskey(await client.beginPasskeySignIn())
      return client.signInWithPasskey({ body: { assertion } })
    },
    onSuccess: onSignedIn,
  })
  return (
    <>
      {signIn.isError ? <PasskeyProblem problem={signIn.error} /> : null}
      <div>
        <Button look="main" isPending={signIn.isPending} onPress={() => signIn.mutate()}>
          {t('usePasskey')}
        </Button>
      </div>
    </>
  )
}

/** Leaves for the provider; the answer comes back to a page of its own. */
function OidcButton({ invitation }: { readonly invitation: string | undefined }) {
  const t = useTranslations('session')
  const leave = useMutation({
    mutationFn: () => client.beginOidcSignIn({ body: invitation === undefined ? {} : { invitation } }),
    onSuccess: ({ address }) => location.assign(address),
  })
  return (
    <>
      {leave.isError ? <ProblemNotice problem={leave.error} live /> : null}
      <div>
        <Button isPending={leave.isPending} onPress={() => leave.mutate()}>
          {t('useProvider')}
        </Button>
      </div>
    </>
  )
}

/** A passkey works under a name: on this machine there is one for the same node. */
function NameNotice() {
  const t = useTranslations('session')
  return (
    <p className={styles.lead}>
      {t.rich('nameNeeded', {
        address: () => <code>{`${location.protocol}//localhost:${location.port}`}</code>,
      })}
    </p>
  )
}
