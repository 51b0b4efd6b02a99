// The evidence of one request, as a part of its page. It comes after the rest of the page.

import { useTranslations } from 'use-intl'
import { Section } from '../ui/page.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { EvidenceWords } from './words.ts'

interface RequestEvidenceProps {
  readonly channel: string
  readonly request: string
  readonly exercise: boolean
}

export default function RequestEvidence(props: RequestEvidenceProps) {
  return (
    <EvidenceWords>
      <Titled {...props} />
    </EvidenceWords>
  )
}

function Titled(props: RequestEvidenceProps) {
  const t = useTranslations('evidence')
  return (
    <Section title={t('ofRequest')}>
      <EvidenceSection {...props} />
    </Section>
  )
}
