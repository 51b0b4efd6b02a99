// What a request lacks by the guidelines that rule it: the same list on both sides, by the same code.

import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Notice } from '../ui/notice.tsx'

export function MissingNotice(props: { readonly missing: readonly string[] }) {
  const t = useTranslations('checks')
  const codes = useCodes()
  if (props.missing.length === 0) return null
  return (
    <Notice title={t('missing', { count: props.missing.length })} tone="due">
      <p>{t('missingText')}</p>
      <p>{codes.words('particular', props.missing)}</p>
    </Notice>
  )
}
