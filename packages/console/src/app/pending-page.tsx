// What stands in the page while the node is slow to answer.

import { useTranslations } from 'use-intl'
import { Progress } from '../ui/progress.tsx'

export function PendingPage() {
  const t = useTranslations('shell')
  return <Progress label={t('loading')} />
}
