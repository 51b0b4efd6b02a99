// One's own account: the sessions that are open, each of which can be ended, and the passkeys.

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { createPasskey } from '../session/passkey.ts'
import { PasskeyProblem } from '../session/passkey-problem.tsx'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { CommandLineSection } from './command-line-section.tsx'
import { PeopleWords } from './words.ts'
import styles from './people.module.css'

export default function OwnAccountPage() {
  return (
    <PeopleWords>
      <OwnAccount />
    </PeopleWords>
  )
}

function OwnAccount() {
  const t = useTranslations('account')
  const queries = useQueryClient()
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const { data: sessions } = useSuspenseQuery(view('listSessions'))
  const { data: passkeys } = useSuspenseQuery(view('listPasskeys'))
  const { dialog, guard } = useStepUp()
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => guard(work),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['listSessions'] }),
        queries.invalidateQueries({ queryKey: ['listPasskeys'] }),
      ]),
  })
  const { mutate } = change
  const add = async () => {
    const attestation = await createPasskey(await client.beginPasskey())
    await client.addPasskey({ body: { attestation, label: t('another') } })
  }
  return (
    <Page name={t('title')} under={t('lead')}>
      {change.isError && !(change.error instanceof StepUpDeclined) ? <PasskeyProblem problem={change.error} /> : null}
      <Section title={t('sessions')}>
        <ul className={styles.list}>
          {sessions.items.map((one) => (
            <li key={one.id} className={styles.row}>
              <h3>
                {t(`means_${one.means}`)}{' '}
                {one.current ? (
                  <Badge shape="disc" tone="accent">
                    {t('current')}
                  </Badge>
                ) : null}
              </h3>
              <Facts
                facts={[
                  [t('since'), <Moment key="since" at={one.since} />],
                  [t('until'), <Moment key="until" at={one.absoluteUntil} />],
                ]}
              />
              {one.current ? null : (
                <div className={styles.actions}>
                  <Button onPress={() => mutate(() => client.endSession({ params: { session: one.id } }))}>
                    {t('end')}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {session.means === 'token' ? null : (
        <Section
          title={t('passkeys')}
          aside={
            passkeys.items.length === 0 ? undefined : <Button onPress={() => mutate(add)}>{t('addPasskey')}</Button>
          }
        >
          <ul className={styles.list}>
            {passkeys.items.map((passkey) => (
              <li key={passkey.id} className={styles.row}>
                <h3>
                  <Untrusted>{passkey.label}</Untrusted>
                </h3>
                <Facts
                  facts={[
                    [t('made'), <Moment key="made" at={passkey.created} />],
                    [
                      t('lastUsed'),
                      passkey.lastUsed === null ? t('never') : <Moment key="used" at={passkey.lastUsed} />,
                    ],
                  ]}
                />
                {passkeys.items.length === 1 ? null : (
                  <div className={styles.actions}>
                    <Button onPress={() => mutate(() => client.removePasskey({ params: { passkey: passkey.id } }))}>
                      {t('remove')}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {session.means === 'passkey' ? <CommandLineSection session={session} /> : null}
      {dialog}
    </Page>
  )
}
