// Takes the file out: what for is recorded first, and for a while after that the browser may save the file. The bytes go from
// the node to the disk and never through the page.

import type { EvidenceView } from '@parley/api'
import { addressOf } from '@parley/api/client'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { useNodeNow } from '../data/use-node-now.ts'
import { useCodes } from '../i18n/codes.ts'
import { ActDialog } from '../requests/act-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Section } from '../ui/page.tsx'
import { SaveLink } from '../ui/save-link.tsx'
import { takesEvidence } from './evidence-roles.ts'
import styles from './evidence.module.css'

type Taking = 'evidence.opened' | 'evidence.copied'

export function TakeOut(props: {
  readonly channel: string
  readonly data: EvidenceView
  readonly others: readonly string[]
}) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const now = useNodeNow()
  const { channel, data, others } = props
  const { handOut, item, may } = data
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const [taking, setTaking] = useState<Taking>()
  const mayDo = (type: Taking) => may.find((one) => one.type === type)
  const opens = mayDo('evidence.opened')
  const type: Taking = opens?.allowed === true ? 'evidence.opened' : 'evidence.copied'
  const chosen = mayDo(type)
  const params = { channel, id: item.id }
  const refused = chosen?.reason === undefined ? t('takeOutNot') : codes.reason(chosen.reason)
  const refusal = chosen?.allowed !== true ? refused : item.held.state === 'held' ? undefined : t('absent')
  if (!takesEvidence(session.grants, channel)) return null
  return (
    <div data-screen-only="">
      <Section title={t('takeOut')}>
        <div className={styles.takeOut}>
          <p>{t('takeOutText')}</p>
          {handOut === null || handOut.until < now ? null : (
            <>
              <div className={styles.buttons}>
                <SaveLink href={addressOf('exportEvidence', { params, query: { act: handOut.act } })} look="main">
                  {t('saveFile')}
                </SaveLink>
                <SaveLink href={addressOf('exportBag', { params, query: { act: handOut.act } })}>
                  {t('takeOutBag')}
                </SaveLink>
                <span>
                  {t('handedOutUntil')} <Moment at={handOut.until} look="brief" />
                </span>
              </div>
              <p className={styles.note}>{t('takeOutBagHint')}</p>
            </>
          )}
          <div className={styles.buttons}>
            <Button refusal={refusal} onPress={() => setTaking(type)}>
              {codes.deed(type)}
            </Button>
            {item.held.state === 'held' ? (
              <SaveLink href={addressOf('exportSealedEvidence', { params })}>{t('saveSealed')}</SaveLink>
            ) : null}
          </div>
        </div>
      </Section>
      {taking === undefined ? null : (
        <ActDialog
          channel={channel}
          type={taking}
          subject={item.id}
          exercise={item.exercise}
          recipients={others}
          onClose={() => setTaking(undefined)}
        />
      )}
    </div>
  )
}
