// Opens the dialogue that puts a case into one file for a court, for those who may let texts leave.

import type { RequestView } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { mayDisclose } from '../session/roles.ts'
import { Button } from '../ui/button.tsx'

const CaseBundleDialog = lazy(() => import('./case-bundle-dialog.tsx'))

export function CaseBundleButton(props: { readonly channel: string; readonly data: RequestView }) {
  const t = useTranslations('request')
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const [open, setOpen] = useState(false)
  if (!mayDisclose(session.grants, props.channel)) return null
  return (
    <div data-screen-only="">
      <Button onPress={() => setOpen(true)}>{t('caseBundle')}</Button>
      {open ? (
        <Suspense fallback={null}>
          <CaseBundleDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
