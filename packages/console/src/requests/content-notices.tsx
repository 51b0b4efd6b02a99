// What is said of an act's content before it leaves, for whoever writes it and whoever releases it.

import type { ContentChecks } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Notice } from '../ui/notice.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { AlsoAsked } from './also-asked.tsx'
import { MissingNotice } from './missing-notice.tsx'

export function ContentNotices(props: { readonly checks: ContentChecks }) {
  const t = useTranslations('attachments')
  const { aboveCeiling, alsoAsked, ceiling, loose, missing } = props.checks
  return (
    <>
      {aboveCeiling && ceiling !== null ? <AboveCeiling ceiling={ceiling} /> : null}
      <MissingNotice missing={missing} />
      <AlsoAsked others={alsoAsked} />
      {loose.length === 0 ? null : (
        <Notice title={t('loose', { count: loose.length })} tone="due">
          <p>{t('looseText', { names: loose.map(formatShown).join(' · ') })}</p>
        </Notice>
      )}
    </>
  )
}

/** The marking is stricter than what may travel: nothing of it will leave. */
export function AboveCeiling(props: { readonly ceiling: string }) {
  const t = useTranslations('checks')
  const codes = useCodes()
  return (
    <Notice title={t('aboveCeiling')} tone="alarm" live>
      <p>{t('aboveCeilingText', { ceiling: codes.word('handling', props.ceiling) })}</p>
    </Notice>
  )
}
