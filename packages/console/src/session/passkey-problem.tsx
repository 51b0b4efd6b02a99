// What went wrong with a passkey: a refusal of the node, or of the device before anything was sent.

import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { isPasskeyRefusal } from './passkey.ts'

export function PasskeyProblem(props: { readonly problem: unknown }) {
  const t = useTranslations('session')
  if (!isPasskeyRefusal(props.problem)) return <ProblemNotice problem={props.problem} live />
  return (
    <Notice title={t('passkeyNot')} tone="due" live>
      <p>{t('passkeyNotText')}</p>
    </Notice>
  )
}
