// All the evidence of a channel.

import { getRouteApi } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { EvidenceWords } from './words.ts'

const route = getRouteApi('/signed-in/channels/$channel/evidence')

export default function EvidencePage() {
  return (
    <EvidenceWords>
      <Listed />
    </EvidenceWords>
  )
}

function Listed() {
  const t = useTranslations('evidence')
  const { channel } = route.useParams()
  return (
    <Page name={t('title')} under={t('lead')}>
      <EvidenceSection channel={channel} exercise={false} />
    </Page>
  )
}
