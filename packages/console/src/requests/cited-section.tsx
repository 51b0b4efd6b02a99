// The commitments and norms that a request relies on, in their own words and with the way to where they stand.

import type { RequestView } from '@parley/api'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { useCommitmentName } from '../ui/agreement-names.ts'
import { Link } from '../ui/link.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import styles from './case.module.css'

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

export function CitedSection(props: { readonly channel: string; readonly state: RequestView['state'] }) {
  const t = useTranslations('cited')
  const codes = useCodes()
  const nameOf = useCommitmentName()
  const { channel, state } = props
  const cites = listOf(state['cites'])
  const norms = listOf(state['norms'])
  const { data } = useQuery({
    ...view('viewAgreement', { params: { channel } }),
    enabled: cites.length > 0,
  })
  if (cites.length + norms.length === 0) return null

  const quotesOf = (id: string) => {
    const anchors = data?.pack.commitments.find((commitment) => commitment.id === id)?.anchors ?? []
    return anchors.map(({ exact, text }) => ({
      text,
      exact,
      language: data?.pack.texts.find((one) => one.id === text)?.language,
    }))
  }
  const facts: [ReactNode, ReactNode][] = [
    ...cites.map((id): [ReactNode, ReactNode] => [
      <Untrusted key={id}>{nameOf(id)}</Untrusted>,
      <div key={id}>
        {quotesOf(id).map(({ exact, language, text }) => (
          <blockquote key={text} className={styles.quote} lang={language}>
            <Untrusted lang={language}>{exact}</Untrusted>
          </blockquote>
        ))}
        <Link {...paths.commitment(channel, id)}>{t('inAgreement')}</Link>
      </div>,
    ]),
    ...norms.map((norm): [ReactNode, ReactNode] => [codes.field('norms'), codes.word('norm', norm)]),
  ]
  return (
    <Section title={t('title')}>
      <Facts facts={facts} />
    </Section>
  )
}
