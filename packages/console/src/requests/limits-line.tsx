// Under what limits a body was given, beside every body: its marking, its use, its conditions.

import type { ActView, RequestView } from '@parley/api'
import { findType, limitsOf } from '@parley/mechanism'
import type { RequestState, RequestType } from '@parley/mechanism'
import { useCodes } from '../i18n/codes.ts'
import styles from './case.module.css'

export function LimitsLine(props: { readonly act: ActView; readonly state: RequestView['state'] }) {
  const codes = useCodes()
  const { act, state } = props
  if (act.body === undefined || act.verdict !== 'valid' || !act.type.startsWith('request.')) return null
  if (findType(act.type) === undefined) return null
  const { conditions, handling, use } = limitsOf(
    { type: act.type as RequestType, data: act.data },
    state as unknown as Pick<RequestState, 'accepted' | 'handling'>,
  )
  return (
    <p className={styles.limits}>
      <strong>{codes.word('handling', handling)}</strong>
      {use === undefined ? null : <strong>{codes.word('use', use)}</strong>}
      {conditions.length === 0 ? null : (
        <span>
          {codes.field('conditions')} {codes.inline('condition', conditions)}
        </span>
      )}
    </p>
  )
}
