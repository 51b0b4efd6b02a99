// One draft: its fields, saved as one types; who else is there; and its way to release, where somebody else approves it.

import type { DraftView } from '@parley/api'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { prepareAct } from '../requests/act-draft.ts'
import type { DraftFault, ReadyAct } from '../requests/act-draft.ts'
import { ActFields, dropHidden, useFaultLines } from '../requests/act-fields.tsx'
import { AlsoAsked } from '../requests/also-asked.tsx'
import { useRequestGroups } from '../requests/use-request-groups.ts'
import { CaseWords } from '../requests/words.ts'
import { Badge } from '../ui/badge.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Button } from '../ui/button.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Company } from './company.tsx'
import { fixedOf } from './draft-content.ts'
import { NewerDraft } from './newer-draft.tsx'
import { useSavedDraft } from './use-saved-draft.ts'
import styles from './drafts.module.css'

export default function DraftPage() {
  return (
    <CaseWords>
      <Writing />
    </CaseWords>
  )
}

function Writing() {
  const t = useTranslations('drafts')
  const codes = useCodes()
  const { channel, draft: id } = useParams({ from: '/signed-in/channels/$channel/drafts/$draft' })
  const params = { channel, draft: id }
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: parties } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const others = parties.parties.filter((party) => party !== parties.own)
  const fixed = (saved: DraftView) => fixedOf(saved.type, saved.data, others)
  const { change, draft, keepMine, problem, saved, state, submit, takeTheirs } = useSavedDraft(params, fixed)
  const { error: gone } = useQuery(view('viewDraft', { params }))
  const [faults, setFaults] = useState<readonly DraftFault[]>([])
  const groups = useRequestGroups()
  const send = useMutation({
    mutationFn: (act: ReadyAct) => submit(act),
    onSuccess: async (waiting) => {
      if (waiting !== undefined) await navigate(paths.release(channel, id))
    },
  })
  const throwAway = useMutation({
    mutationFn: () => client.discardDraft({ params, body: { version: saved.version } }),
    onSuccess: async () => {
      takeTheirs()
      await queries.invalidateQueries({ queryKey: ['listDrafts'] })
      await navigate(paths.drafts(channel))
    },
  })
  const onSubmit = useCallback(() => {
    const { exercise, subject, type } = saved
    const prepared = prepareAct(type, dropHidden(draft), {
      exercise: exercise === true,
      fixed: fixedOf(type, saved.data, others),
      ...(subject === undefined ? {} : { subject }),
    })
    setFaults(prepared.kind === 'faulty' ? prepared.faults : [])
    if (prepared.kind === 'ready') send.mutate(prepared.act)
  }, [draft, others, saved, send])

  return (
    <Page
      name={codes.deed(saved.type)}
      trail={
        <Breadcrumb>
          {[
            <Link key="drafts" {...paths.drafts(channel)}>
              {t('title')}
            </Link>,
            ...(saved.subject === undefined
              ? []
              : [
                  <Link key="subject" {...paths.request(channel, saved.subject)}>
                    {t('matter')}
                  </Link>,
                ]),
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <output aria-live="polite">
            <Badge {...looks[state]}>{t(`state_${state}`)}</Badge>
          </output>
          <Company channel={channel} draft={id} />
        </>
      }
    >
      {saved.submitted ? (
        <Notice title={t('waiting')}>
          <p>{t('waitingText')}</p>
          <p>
            <Link {...paths.release(channel, id)}>{t('toRelease')}</Link>
          </p>
        </Notice>
      ) : null}
      {state === 'lost' ? (
        <Notice title={t('lost')} tone="due" live>
          <p>{t('lostText')}</p>
        </Notice>
      ) : null}
      {state === 'refused' ? <ProblemNotice problem={problem} live /> : null}
      {gone === null || state === 'refused' ? null : <ProblemNotice problem={gone} live />}
      {state === 'moved' ? <NewerDraft saved={saved} onKeepMine={keepMine} onTakeTheirs={takeTheirs} /> : null}
      <AlsoAsked others={saved.checks.alsoAsked} />
      <FormShell
        action={t('submit')}
        note={t('submitNote')}
        pending={send.isPending}
        refusal={state === 'moved' ? t('chooseFirst') : undefined}
        faults={useFaultLines(faults)}
        onSubmit={onSubmit}
      >
        {send.isError ? <ProblemNotice problem={send.error} live /> : null}
        <ActFields
          channel={channel}
          type={saved.type}
          recipients={others}
          fixed={fixed(saved)}
          groups={saved.type === 'request.opened' ? groups : undefined}
          draft={draft}
          onChange={change}
          faults={faults}
        />
      </FormShell>
      <div className={styles.actions} data-screen-only="">
        {throwAway.isError ? <ProblemNotice problem={throwAway.error} live /> : null}
        <Discard isPending={throwAway.isPending} onDiscard={() => throwAway.mutate()} />
      </div>
    </Page>
  )
}

const looks = {
  saved: { shape: 'disc', tone: 'faint' },
  saving: { shape: 'ring', tone: 'faint' },
  lost: { shape: 'triangle', tone: 'due' },
  moved: { shape: 'triangle', tone: 'due' },
  refused: { shape: 'cross', tone: 'alarm' },
} as const

/** Throws a draft away only when asked twice. */
function Discard(props: { readonly isPending: boolean; readonly onDiscard: () => void }) {
  const t = useTranslations('drafts')
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <Button look="quiet" onPress={() => setAsked(true)}>
        {t('discard')}
      </Button>
    )
  }
  return (
    <>
      <p>{t('discardText')}</p>
      <Button look="alarm" isPending={props.isPending} onPress={props.onDiscard}>
        {t('discardNow')}
      </Button>
      <Button onPress={() => setAsked(false)}>{t('keep')}</Button>
    </>
  )
}
