// The proof of an entry, run through in this browser while the reader watches: each step, what it shows, its result.

import type { EntryView, LogView } from '@parley/api'
import { webCrypto } from '@parley/record/web'
import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { ProofPath } from '../drawing/proof-path.tsx'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { reachesRoot, verifyEntry } from './verify-entry.ts'
import type { Step, Verification } from './verify-entry.ts'
import styles from './record.module.css'

const looks: Record<Step['outcome'], readonly [Shape, Tone]> = {
  passed: ['disc', 'accent'],
  failed: ['cross', 'alarm'],
  absent: ['dash', 'faint'],
}

export function ProofSection(props: { readonly view: EntryView; readonly log: LogView }) {
  const t = useTranslations('proof')
  const format = useFormatter()
  const { view, log } = props
  const [done, setDone] = useState<{ view: EntryView; result: Verification } | undefined>()

  useEffect(() => {
    let wanted = true
    const check = async () => {
      const checked = await verifyEntry(webCrypto, view, log.origin)
      if (wanted) setDone({ view, result: checked })
    }
    void check()
    return () => {
      wanted = false
    }
  }, [view, log.origin])

  // What was found for another answer says nothing about this one.
  const result = done?.view === view ? done.result : undefined
  if (result === undefined) {
    return (
      <Section title={t('title')}>
        <Progress label={t('checking')} />
      </Section>
    )
  }
  const failures = result.steps.filter(({ outcome }) => outcome === 'failed').length
  const [shape, tone, text]: readonly [Shape, Tone, string] =
    failures > 0
      ? ['cross', 'alarm', t('failedSteps', { count: failures })]
      : view.proof === null
        ? ['ring', 'faint', t('notYet')]
        : ['disc', 'accent', t('verified')]
  return (
    <Section
      title={t('title')}
      aside={
        <Badge shape={shape} tone={tone}>
          {text}
        </Badge>
      }
    >
      <ol className={styles.steps}>
        {result.steps.map((step) => (
          <StepLine key={`${step.id}-${step.name ?? ''}`} step={step} />
        ))}
      </ol>
      {view.proof === null ? null : (
        <ProofPath
          path={result.path}
          leaf={result.leaf}
          position={view.position}
          size={view.proof.size}
          reached={reachesRoot(result)}
        />
      )}
      {result.path.length === 0 ? null : (
        <details>
          <summary className={styles.faint}>{t('inWords')}</summary>
          <ol className={styles.pathWords}>
            {result.path.map((step) => (
              <li key={`${step.neighbour.start}-${step.neighbour.end}`}>
                {t(step.side === 'left' ? 'stepLeft' : 'stepRight', {
                  first: format.number(step.neighbour.start),
                  last: format.number(step.neighbour.end - 1),
                })}{' '}
                <code translate="no">{step.neighbourHash}</code> → <code translate="no">{step.parentHash}</code>
              </li>
            ))}
          </ol>
        </details>
      )}
      <p className={styles.faint}>{t('keysFrom')}</p>
    </Section>
  )
}

function StepLine({ step }: { readonly step: Step }) {
  const t = useTranslations('proof')
  const codes = useCodes()
  const [shape, tone] = looks[step.outcome]
  return (
    <li className={styles.step}>
      <Badge shape={shape} tone={tone}>
        {t(`outcome_${step.outcome}`)}
      </Badge>
      <div>
        <p>
          {t(`step_${step.id}`)}
          {step.name === undefined ? null : (
            <span className={styles.faint} translate="no">
              {' '}
              {step.name}
            </span>
          )}
        </p>
        <p className={styles.faint}>
          {step.outcome === 'absent'
            ? t(`absent_${step.id === 'approval' || step.id === 'cosignature' ? step.id : 'checkpoint'}`)
            : t(`shows_${step.id}`)}
          {step.time === undefined ? null : (
            <>
              {' '}
              <Moment at={step.time * 1000} />
            </>
          )}
          {step.code === undefined || step.outcome !== 'failed' ? null : (
            <span className={styles.alarm}> {codes.reason(step.code)}</span>
          )}
        </p>
      </div>
    </li>
  )
}
