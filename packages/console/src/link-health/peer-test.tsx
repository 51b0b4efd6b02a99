// The test of a link: run when asked, each step with its result and how long it took.

import type { PeerTest as Result } from '@parley/api'
import { useMutation } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Progress } from '../ui/progress.tsx'
import styles from './links.module.css'

const looks: Record<Result['steps'][number]['outcome'], readonly [Shape, Tone]> = {
  passed: ['disc', 'accent'],
  failed: ['cross', 'alarm'],
  skipped: ['dash', 'faint'],
}

export function PeerTest(props: { readonly party: string }) {
  const t = useTranslations('links')
  const format = useFormatter()
  const codes = useCodes()
  const test = useMutation({ mutationFn: () => client.testPeer({ params: { party: props.party } }) })
  return (
    <div className={styles.test}>
      <div>
        <Button onPress={() => test.mutate()} isPending={test.isPending}>
          {t('test')}
        </Button>
      </div>
      <output className={styles.outcome}>
        {test.isPending ? <Progress label={t('testing')} /> : null}
        {test.data === undefined || test.isPending ? null : (
          <>
            <p className={styles.result}>{test.data.passed ? t('testPassed') : t('testFailed')}</p>
            <ol className={styles.steps}>
              {test.data.steps.map((step) => (
                <li key={step.step} className={styles.step}>
                  <Badge shape={looks[step.outcome][0]} tone={looks[step.outcome][1]}>
                    {t(`outcome_${step.outcome}`)}
                  </Badge>
                  <span>{t(`step_${step.step}`)}</span>
                  <span className={styles.faint}>
                    {step.outcome === 'skipped' ? null : t('milliseconds', { count: format.number(step.milliseconds) })}
                  </span>
                  {step.code === undefined ? null : (
                    <span className={styles.why}>
                      {codes.reason(step.code)} <code className={styles.faint}>{step.code}</code>
                    </span>
                  )}
                </li>
              ))}
            </ol>
          </>
        )}
        {test.isError ? <ProblemNotice problem={test.error} /> : null}
      </output>
    </div>
  )
}
