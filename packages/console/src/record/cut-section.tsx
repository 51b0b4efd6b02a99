// The digests that two sides compare: equal means that everything computed from the record is the same on both.

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { view } from '../data/queries.ts'
import { Digest } from '../ui/digest.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import styles from './record.module.css'

export function CutSection(props: { readonly channel: string }) {
  const t = useTranslations('record')
  const format = useFormatter()
  const { data, error } = useQuery(view('viewCut', { params: { channel: props.channel } }))
  return (
    <Section title={t('cut')}>
      <p className={styles.text}>{t('cutText')}</p>
      {error === null ? null : <ProblemNotice problem={error} />}
      {data === undefined ? (
        error === null ? (
          <Progress label={t('computing')} />
        ) : null
      ) : (
        <>
          <Facts
            facts={[
              [t('stateDigest'), <Digest key="state" value={data.stateDigest} name={t('stateDigest')} whole />],
              [t('cutDigest'), <Digest key="cut" value={data.cutDigest} name={t('cutDigest')} whole />],
              [t('rulesDigest'), <Digest key="rules" value={data.rulesDigest} name={t('rulesDigest')} whole />],
            ]}
          />
          <details>
            <summary className={styles.faint}>{t('cutLogs', { count: data.cut.logs.length })}</summary>
            <ul className={styles.cutLogs}>
              {data.cut.logs.map((log) => (
                <li key={log.origin} translate="no">
                  <code>{log.origin}</code> <span className={styles.faint}>{format.number(log.size)}</span>{' '}
                  <code className={styles.faint}>{log.root}</code>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Section>
  )
}
