// One release: exactly what would be said and to whom, who has approved it, and what can be done. A deed that is refused
// says why.

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { readBody } from '../requests/body-text.ts'
import { BodyShown } from '../requests/act-body.tsx'
import { ContentNotices } from '../requests/content-notices.tsx'
import { DataFacts } from '../requests/data-facts.tsx'
import { PasskeyProblem } from '../session/passkey-problem.tsx'
import { isPasskeyRefusal } from '../session/passkey.ts'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { CaseWords } from '../requests/words.ts'
import { Badge } from '../ui/badge.tsx'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Button } from '../ui/button.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { useSay } from '../ui/toasts.tsx'
import { approveByPasskey, listPasskeys } from './approve-by-passkey.ts'
import { Colleagues, ReleaseState } from './releases-page.tsx'
import styles from './release.module.css'

export default function ReleasePage() {
  return (
    <CaseWords>
      <Waiting />
    </CaseWords>
  )
}

function Waiting() {
  const t = useTranslations('release')
  const codes = useCodes()
  const { channel, draft } = useParams({ from: '/signed-in/channels/$channel/releases/$draft' })
  const params = { channel, draft }
  const { data: waiting, error: gone } = useSuspenseQuery(view('viewRelease', { params }))
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const queries = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const { dialog, guard } = useStepUp()
  const { approvals, body, digest, may, stale } = waiting
  const onSuccess = (now: typeof waiting) => queries.setQueryData(view('viewRelease', { params }).queryKey, now)
  const approve = useMutation({
    mutationFn: async () =>
      client.approveRelease({ params, body: { digest, approval: await approveByPasskey(waiting) } }),
    onSuccess,
  })
  const revoke = useMutation({ mutationFn: () => client.revokeApproval({ params, body: { digest } }), onSuccess })
  const release = useMutation({
    mutationFn: () => guard(() => client.releaseDraft({ params, body: { digest } })),
    onSuccess: async () => {
      say(t('released'))
      await queries.invalidateQueries({ queryKey: ['listReleases'] })
      await navigate(paths.releases(channel))
    },
  })
  const failed = approve.error ?? revoke.error ?? release.error
  const mine = approvals.some(({ person }) => person.id === session.account)
  const cannotApprove = !may.approve.allowed
    ? codes.reason(may.approve.reason ?? 'release.official')
    : listPasskeys(waiting).length === 0
      ? t('noPasskey')
      : undefined
  return (
    <Page
      name={codes.act(waiting.type)}
      trail={
        <Breadcrumb>
          {[
            <Link key="releases" {...paths.releases(channel)}>
              {t('title')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={
        <>
          <ReleaseState row={waiting} />
          {waiting.exercise ? <Badge shape="frame">{t('exercise')}</Badge> : null}
        </>
      }
      actions={<Link {...paths.draft(channel, draft)}>{t('toDraft')}</Link>}
    >
      {gone === null ? null : <ProblemNotice problem={gone} live />}
      {stale ? (
        <Notice title={t('stale')} tone="due">
          <p>{t('staleText')}</p>
        </Notice>
      ) : null}
      <ContentNotices checks={waiting.checks} />
      <Section title={t('content')}>
        <DataFacts data={waiting.data} type={waiting.type} />
        {body === undefined ? null : <BodyShown body={readBody(body.plaintext)} channel={channel} />}
      </Section>
      {body === undefined ? null : (
        <Section title={t('recipients')}>
          <Facts
            facts={body.recipients.map(({ key, party, purpose }) => [
              t(purpose, { party: party.toUpperCase() }),
              <Digest key={key} value={key} name={t('recipients')} />,
            ])}
          />
        </Section>
      )}
      <Section title={t('approvals')}>
        <Facts
          facts={[
            [t('submitted'), <Moment key="at" at={waiting.submitted} />],
            [t('by'), <Colleagues key="by" people={waiting.authors} />],
            [t('digest'), <Digest key="digest" value={digest} name={t('digest')} whole />],
            [
              t('approvals'),
              approvals.length === 0
                ? t('noApproval')
                : approvals.map(({ at, inForce, official, person }) => (
                    <div key={official}>
                      <Colleagues people={[person]} />
                      <Moment at={at} />
                      {inForce ? null : ` · ${t('revoked')}`}
                    </div>
                  )),
            ],
          ]}
        />
      </Section>
      <p>{t('final')}</p>
      {failed === null || failed instanceof StepUpDeclined ? null : isPasskeyRefusal(failed) ? (
        <PasskeyProblem problem={failed} />
      ) : (
        <ProblemNotice problem={failed} />
      )}
      <div className={styles.actions} data-screen-only="">
        {mine ? (
          <Button onPress={() => revoke.mutate()} isPending={revoke.isPending}>
            {t('revoke')}
          </Button>
        ) : (
          <Button
            look="main"
            onPress={() => approve.mutate()}
            isPending={approve.isPending}
            {...(cannotApprove === undefined ? {} : { refusal: cannotApprove })}
          >
            {t('approve')}
          </Button>
        )}
        <Button
          look={may.release.allowed ? 'main' : 'plain'}
          onPress={() => release.mutate()}
          isPending={release.isPending}
          {...(may.release.allowed ? {} : { refusal: codes.reason(may.release.reason ?? 'release.short') })}
        >
          {t('release')}
        </Button>
      </div>
      {dialog}
    </Page>
  )
}
