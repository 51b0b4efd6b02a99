// The certificate of custody: what it is, how anybody checks it, and the same in words that people read.

import { formatCustodyText } from '@parley/mechanism'
import type { EvidenceState } from '@parley/mechanism'
import type { EvidenceView } from '@parley/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { locales } from '../i18n/locale.ts'
import type { Locale } from '../i18n/locale.ts'
import { loadWording } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import styles from './evidence.module.css'

export function CertificateSection(props: { readonly channel: string; readonly data: EvidenceView }) {
  const t = useTranslations('evidence')
  const { channel, data } = props
  const { id } = data.item
  const name = `custody-${id.slice(0, 16)}`
  const certificate = useMutation({
    async mutationFn() {
      const text = await client.viewCertificate({ params: { channel, id } })
      saveFile(new TextEncoder().encode(text), `${name}.json`, 'application/json')
    },
  })
  const readable = useMutation({
    async mutationFn() {
      const texts = await Promise.all(
        locales.map(async (locale) => formatReadable(data, locale, (await loadWording(locale)).words)),
      )
      saveFile(new TextEncoder().encode(texts.join('\n\n')), `${name}.txt`, 'text/plain')
    },
  })
  const problem = certificate.error ?? readable.error
  return (
    <div className={styles.certificate}>
      <p>{t('certificateText')}</p>
      <pre className={styles.command} translate="no">
        {`parley verify ${name}.json --genesis channel.genesis`}
      </pre>
      <p className={styles.note}>{t('certificateNote')}</p>
      <div className={styles.buttons} data-screen-only="">
        <Button isPending={certificate.isPending} onPress={() => certificate.mutate()}>
          {t('saveCertificate')}
        </Button>
        <Button isPending={readable.isPending} onPress={() => readable.mutate()}>
          {t('saveReadable')}
        </Button>
      </div>
      {problem === null ? null : <ProblemNotice problem={problem} live />}
    </div>
  )
}

function formatReadable(
  { acts, item, state }: EvidenceView,
  locale: Locale,
  words: Readonly<Record<string, string>>,
): string {
  return formatCustodyText(
    {
      item: item.id,
      state: state as unknown as EvidenceState,
      acts: acts.filter(({ verdict }) => verdict === 'valid'),
    },
    locale,
    (key) => words[key] ?? key,
    (at) => new Date(at).toISOString(),
  )
}
