// What stands out about an item: who erased it and on what ground, whose erasure is awaited, a conflict, a file on its way.

import type { EvidenceRow } from '@parley/api'
import type { EvidenceState } from '@parley/mechanism'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { usePartyName } from '../ui/agreement-names.ts'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { useBytes } from './use-bytes.ts'

export function ItemNotices(props: {
  readonly item: EvidenceRow
  readonly state: EvidenceState
  readonly own: string
}) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const format = useFormatter()
  const formatBytes = useBytes()
  const name = usePartyName()
  const { item, own, state } = props
  const erasures = state.custody.flatMap(({ erased, party }) =>
    erased === undefined ? [] : [{ party, ground: codes.inline('erasureGround', [erased.ground]) }],
  )
  const ours = erasures.find(({ party }) => party === own)
  const theirs = erasures.filter(({ party }) => party !== own)
  const isAsked = state.awaiting.includes(own)
  const awaited = state.awaiting.filter((party) => party !== own)
  const sent = formatBytes(item.held.bytes)
  return (
    <>
      {state.status === 'conflict' ? (
        <Notice title={t('conflict')} tone="alarm">
          <p>{t('conflictText')}</p>
        </Notice>
      ) : null}
      {ours === undefined ? null : (
        <Notice title={t('erasedHere')}>
          <p>{t('erasedHereText', { ground: ours.ground })}</p>
        </Notice>
      )}
      {theirs.map(({ ground, party }) => (
        <Notice key={party} title={t('erasedBy', { party: name(party), ground })} />
      ))}
      {isAsked ? (
        <Notice title={t('asked')} tone="due">
          <p>{t('askedText')}</p>
        </Notice>
      ) : null}
      {awaited.length === 0 ? null : (
        <Notice title={t('awaited', { parties: format.list(awaited.map(name)) })} tone="due">
          <p>{t('awaitedText')}</p>
        </Notice>
      )}
      {item.held.state === 'arriving' ? (
        <Progress
          label={t('arriving', { sent, length: formatBytes(item.bytes) })}
          value={item.held.bytes}
          max={item.bytes}
        />
      ) : null}
    </>
  )
}
