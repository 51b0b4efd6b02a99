// The coded fields of a new request in the order of what one thinks of first.

import { useTranslations } from 'use-intl'
import type { FieldGroup } from './act-fields.tsx'

export function useRequestGroups(): readonly FieldGroup[] {
  const t = useTranslations('newRequest')
  return [
    { title: t('what'), fields: ['to', 'kind', 'relation', 'earlier', 'urgency', 'urgencyGrounds', 'wantedBy'] },
    { title: t('why'), fields: ['offences', 'cites', 'norms'] },
    { title: t('how'), fields: ['languages', 'handling', 'office'] },
  ]
}
