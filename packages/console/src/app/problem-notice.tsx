// One problem in the reader's language: what happened, what is safe, what to do, and the code to tell somebody.

import { ApiProblem } from '@parley/api/client'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Notice } from '../ui/notice.tsx'
import styles from './problem-notice.module.css'

/** `live` when the problem is the answer to something the person just did. */
export function ProblemNotice(props: { readonly problem: unknown; readonly live?: boolean }) {
  const t = useTranslations('problem')
  const format = useFormatter()
  const codes = useCodes()
  const { problem } = props
  const known = problem instanceof ApiProblem ? problem : undefined
  const words = codes.problem(known?.code ?? 'console.failed')
  return (
    <Notice title={words.happened} tone="alarm" live={props.live ?? false}>
      {known?.reason === undefined ? null : <p>{codes.reason(known.reason)}</p>}
      <p>{words.safe}</p>
      <p>{words.next}</p>
      {known?.retryAfterSeconds === undefined ? null : (
        <p>{t('retryAfter', { seconds: format.number(known.retryAfterSeconds) })}</p>
      )}
      <p className={styles.code} translate="no">
        <code>{[known?.code ?? 'console.failed', known?.reason, known?.instance].filter(Boolean).join(' · ')}</code>
      </p>
    </Notice>
  )
}
