// Before anything is recorded: the exact content, who gets it, who approves it, and what cannot be undone. The same act
// sent twice is recorded once.

import { demandsOf } from '@parley/mechanism'
import type { Recorded } from '@parley/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/page.tsx'
import { usePartyName } from '../ui/agreement-names.ts'
import { PartyName } from '../ui/party-name.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { StandingMark } from '../ui/standing-mark.tsx'
import { useSay } from '../ui/toasts.tsx'
import type { ReadyAct } from './act-draft.ts'
import { BodyShown } from './act-body.tsx'
import { DataFacts } from './data-facts.tsx'
import { readBody } from './body-text.ts'
import styles from './confirm-dialog.module.css'

export interface ConfirmDialogProps {
  readonly channel: string
  readonly act: ReadyAct
  readonly recipients: readonly string[]
  readonly onClose: () => void
  readonly onDone: (recorded: Recorded) => void
}

/** Shown once for each content that is to be confirmed: the caller mounts it anew for another. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('confirm')
  const codes = useCodes()
  const format = useFormatter()
  const name = usePartyName()
  const say = useSay()
  const queries = useQueryClient()
  const { act, channel } = props
  // One key for one confirmed content: pressing again after a lost answer does not record it again.
  const [key] = useState(() => crypto.randomUUID())
  const { data: seen } = useQuery({ ...view('viewSeen', { params: { channel } }), enabled: act.body !== undefined })
  const { data: node } = useQuery(view('viewNode'))

  const record = useMutation({
    mutationFn: (ready: ReadyAct) =>
      client.appendAct({
        params: { channel },
        body: { ...ready, idempotencyKey: key },
      }),
    onSuccess: (recorded) => {
      say(
        <>
          {t('recorded', { act: codes.act(act.type) })} <StandingMark standing={recorded.standing.level} />
        </>,
      )
      void queries.invalidateQueries()
      props.onDone(recorded)
    },
  })

  const demand = demandsOf(act.type)
  const roles: readonly string[] = demand.roles
  const kept =
    node?.officials.filter((official) => official.kept && official.roles.some((role) => roles.includes(role))) ?? []
  const authorities = seen?.recipients.filter(({ purpose }) => purpose === 'authority').map(({ party }) => party) ?? []

  return (
    <Dialog
      open
      wide
      role="alertdialog"
      dismissable={false}
      onClose={props.onClose}
      title={t('title', { deed: codes.deed(act.type) })}
      foot={
        <>
          <Button
            look="main"
            isPending={record.isPending}
            refusal={node !== undefined && kept.length < demand.count ? t('noOfficial') : undefined}
            onPress={() => record.mutate(act)}
          >
            {t('action')}
          </Button>
          <Button onPress={props.onClose}>{t('back')}</Button>
        </>
      }
    >
      <div className={styles.sheet}>
        {record.isError ? <ProblemNotice problem={record.error} live /> : null}
        <Facts
          facts={[
            [
              t('to'),
              props.recipients.map((party, place) => (
                <span key={party}>
                  {place === 0 ? '' : t('comma')}
                  <PartyName party={party} whole />
                </span>
              )),
            ],
            [
              t('clear'),
              Object.keys(act.data).length === 0 ? (
                t('noData')
              ) : (
                <DataFacts key="data" data={act.data} type={act.type} />
              ),
            ],
            [
              t('approvedBy'),
              t('officials', {
                count: demand.count,
                roles: codes.inline('role', demand.roles),
                kept: kept.length,
              }),
            ],
          ]}
        />
        {act.body === undefined ? null : (
          <div className={styles.sealed}>
            <h3>{t('sealed')}</h3>
            <p className={styles.note}>
              {authorities.length === 0
                ? t('sealedTo')
                : t('sealedToParties', { parties: format.list(authorities.map(name)) })}
            </p>
            <div className={styles.text}>
              <BodyShown body={readBody(act.body)} channel={props.channel} />
            </div>
          </div>
        )}
        <div className={styles.final}>
          <h3>{t('finalTitle')}</h3>
          <p>{t('final')}</p>
        </div>
        <details>
          <summary>{t('exact')}</summary>
          <pre className={styles.exact} translate="no">
            {formatShown(JSON.stringify(act, null, 2))}
          </pre>
        </details>
      </div>
    </Dialog>
  )
}
