// The first page of a node that is in no channel yet.

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'

function inCode(words: ReactNode) {
  return <code translate="no">{words}</code>
}

export function HomePage() {
  const t = useTranslations('shell')
  return (
    <Page name={t('noChannels')}>
      <EmptyState title={t('noChannelsTitle')}>{t.rich('noChannelsText', { code: inCode })}</EmptyState>
    </Page>
  )
}
