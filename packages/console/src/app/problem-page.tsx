// What a page becomes when it cannot be shown: a sign-in, or a problem in the reader's words.

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { isSignedOut } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import { Page } from '../ui/page.tsx'
import { paths } from './paths.ts'
import { ProblemNotice } from './problem-notice.tsx'

const SignInPage = lazy(() => import('../session/sign-in-page.tsx'))

export function ProblemPage({ error }: ErrorComponentProps) {
  const t = useTranslations('problem')
  const router = useRouter()
  const queries = useQueryClient()
  if (isSignedOut(error)) {
    return (
      <Suspense fallback={null}>
        <SignInPage />
      </Suspense>
    )
  }
  return (
    <Page name={t('page')}>
      <ProblemNotice problem={error} />
      <p>
        <Button
          onPress={() => {
            void queries.resetQueries().then(() => router.invalidate())
          }}
        >
          {t('again')}
        </Button>
      </p>
    </Page>
  )
}

export function MissingPage() {
  const t = useTranslations('problem')
  return (
    <Page name={t('missing')}>
      <p>{t('missingText')}</p>
      <p>
        <Link {...paths.home()}>{t('home')}</Link>
      </p>
    </Page>
  )
}
