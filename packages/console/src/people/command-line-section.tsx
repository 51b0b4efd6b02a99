// Going on to the command line: a code that is drawn here, where the passkey is, and typed there. It is shown once.

import type { PersonRole, SessionView } from '@parley/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { client } from '../data/client.ts'
import { PasskeyProblem } from '../session/passkey-problem.tsx'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import styles from './people.module.css'

export function CommandLineSection({ session }: { readonly session: SessionView }) {
  const t = useTranslations('account')
  const { dialog, guard } = useStepUp()
  const held = session.grants.map(({ role }) => role).filter((role): role is PersonRole => role !== 'operator')
  const roles = [...new Set(held)]
  const draw = useMutation({ mutationFn: () => guard(() => client.beginCommandLine({ body: { roles } })) })
  if (roles.length === 0) return null
  return (
    <Section
      title={t('commandLine')}
      aside={
        <Button isPending={draw.isPending} onPress={() => draw.mutate()}>
          {t('drawCode')}
        </Button>
      }
    >
      <p>{t('commandLineText')}</p>
      {draw.isError && !(draw.error instanceof StepUpDeclined) ? <PasskeyProblem problem={draw.error} /> : null}
      {draw.data === undefined ? null : (
        <Notice title={t('codeDrawn')} live>
          <p className={styles.link} translate="no">
            <code>{`parley sign-in --url ${location.origin}`}</code>
          </p>
          <p className={styles.link} translate="no">
            <code>{draw.data.code}</code>
          </p>
          <p>
            {t('codeUntil')} <Moment at={draw.data.expires} />
          </p>
        </Notice>
      )}
      {dialog}
    </Section>
  )
}
