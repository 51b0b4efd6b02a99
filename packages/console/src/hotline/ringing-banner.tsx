// What rings from the other side now, above every page: a word and a shape, the title of the window, a tone where sound was
// allowed, and the system's notification where it is permitted.

import type { CallRow } from '@parley/api'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Link } from '../ui/link.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { usePartyName } from '../ui/agreement-names.ts'
import { allowRinging, notifyRing, startRinging, useRingingAllowed } from './ring-aloud.ts'
import { useFlashingTitle } from './use-flashing-title.ts'
import styles from './hotline.module.css'

/** Calls that are announced one by one; the others are counted, so that a flood of calls hides no page. */
const loudCallsMax = 3

export default function RingingBanner({ calls }: { readonly calls: readonly CallRow[] }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const name = usePartyName()
  const allowed = useRingingAllowed()
  const [told] = useState(() => new Set<string>())
  const loud = calls.slice(0, loudCallsMax)
  const rest = calls.length - loud.length
  const [first] = loud
  useFlashingTitle(first === undefined ? undefined : t('ringsTitle', { party: name(first.raising) }))

  const ids = loud.map(({ id }) => id).join(' ')
  const words = t('notification')
  useEffect(() => {
    for (const id of ids.split(' ')) {
      if (told.has(id)) continue
      told.add(id)
      notifyRing(id, words)
    }
  }, [ids, told, words])
  useEffect(() => (allowed ? startRinging() : undefined), [allowed])

  return (
    <section className={styles.banner} aria-label={t('ringing')} aria-live="assertive" data-screen-only="">
      <ul>
        {loud.map((call) => (
          <li key={call.id} className={styles.ringing}>
            <Badge shape="triangle" tone="alarm">
              <strong>{t('ringsNow')}</strong>
            </Badge>
            {call.exercise ? <Badge shape="frame">{t('drill')}</Badge> : null}
            <span>
              <PartyName party={call.raising} /> · {codes.word('hotlineReason', call.reason)} ·{' '}
              {codes.word('hotlineRung', call.rung)}
            </span>
            <Link {...paths.call(call.channel, call.id)}>{t('openCall')}</Link>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p>{t('moreRinging', { count: rest })}</p> : null}
      {allowed ? null : (
        <Button look="plain" onPress={() => void allowRinging()}>
          {t('allowSound')}
        </Button>
      )}
    </section>
  )
}
