// A party that has not answered since a start: what waits for it, and going on without it, which takes two people. Loaded when
// there is one.

import { ApiProblem } from '@parley/api/client'
import type { PeerView } from '@parley/api'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { silentParty as english } from '../i18n/en/silent-party.ts'
import { useLateWords } from '../i18n/late-words.ts'
import { silentParty as chinese } from '../i18n/zh-hans/silent-party.ts'
import { mayOverride } from '../session/roles.ts'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { usePartyName } from '../ui/agreement-names.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import styles from './silent-party.module.css'

const words = { en: english, 'zh-Hans': chinese }

export default function SilentParty({ peer }: { readonly peer: PeerView }) {
  const t = useLateWords(words)
  const name = usePartyName()
  const format = useFormatter()
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const [asking, setAsking] = useState(false)
  const party = name(peer.party)
  const { holdsUp, override } = peer
  const time =
    override === null ? '' : format.dateTime(new Date(override.at), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      {override?.state === 'done' ? (
        override.heardSince ? (
          <Notice title={t('heard', { party, time })} />
        ) : (
          <Notice tone="alarm" title={t('done', { party })}>
            <p>{t('doneText', { party, time })}</p>
          </Notice>
        )
      ) : null}
      {holdsUp.length === 0 ? null : (
        <Notice tone="due" title={t('waits', { party })}>
          <p>{t('waitsText', { count: holdsUp.length })}</p>
          {override?.state === 'asked' ? <p>{t('asked', { party, time })}</p> : null}
          {mayOverride(session.grants) ? (
            <p data-screen-only="">
              <Button onPress={() => setAsking(true)}>
                {override?.state === 'asked' ? t('second') : t('goOn', { party })}
              </Button>
            </p>
          ) : null}
        </Notice>
      )}
      {asking ? <OverrideDialog peer={peer} party={party} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

const reasons: Readonly<Record<string, Extract<keyof typeof english, `reason_${string}`>>> = {
  'override.nothing': 'reason_nothing',
  'override.changed': 'reason_changed',
  'override.lost': 'reason_lost',
  'override.same-person': 'reason_same',
  'override.machine': 'reason_machine',
}

function OverrideDialog(props: { readonly peer: PeerView; readonly party: string; readonly onClose: () => void }) {
  const t = useLateWords(words)
  const queries = useQueryClient()
  const { dialog, guard } = useStepUp()
  const { onClose, party, peer } = props
  const override = useMutation({
    mutationFn: () =>
      guard(() => client.overridePeer({ params: { party: peer.party }, body: { logs: [...peer.holdsUp] } })),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries(),
  })
  const problem = override.error instanceof StepUpDeclined ? null : override.error
  const reason = problem instanceof ApiProblem ? reasons[problem.reason ?? ''] : undefined
  return (
    <>
      <Dialog
        open
        role="alertdialog"
        dismissable={false}
        onClose={onClose}
        title={t('title', { party })}
        foot={
          <>
            <Button look="alarm" isPending={override.isPending} onPress={() => override.mutate()}>
              {t('confirm')}
            </Button>
            <Button onPress={onClose}>{t('back')}</Button>
          </>
        }
      >
        <div className={styles.sheet}>
          {problem === null ? null : reason === undefined ? (
            <ProblemNotice problem={problem} live />
          ) : (
            <Notice tone="alarm" live title={t(reason)} />
          )}
          <p>{t('danger', { party })}</p>
          <p>{t('safe', { party })}</p>
          <p>{t('until')}</p>
        </div>
      </Dialog>
      {dialog}
    </>
  )
}
