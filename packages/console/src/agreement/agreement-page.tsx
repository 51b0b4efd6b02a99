// The agreement: both texts side by side with the commitments marked in them, and who has adopted exactly which text.

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Composer } from '../requests/composer.tsx'
import { Badge } from '../ui/badge.tsx'
import { Digest } from '../ui/digest.tsx'
import { Moment } from '../ui/moment.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { AdoptionList } from './adoption-list.tsx'
import { AgreementTexts } from './agreement-texts.tsx'
import { wordingOf } from './wording.ts'
import styles from './agreement.module.css'

const route = getRouteApi('/signed-in/channels/$channel/agreement')

export default function AgreementPage() {
  const t = useTranslations('agreement')
  const codes = useCodes()
  const { locale } = useLanguage()
  const { channel } = route.useParams()
  const { data } = useSuspenseQuery(view('viewAgreement', { params: { channel } }))
  const { data: channelView } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { pack, inForce, adoptions } = data
  const [chosen, setChosen] = useState<string | undefined>()
  const title = wordingOf(pack.title, locale) ?? pack.id
  const since = inForce?.since.notAfter ?? inForce?.since.notBefore
  const replaces = inForce !== null && inForce.pack !== pack.digest ? { replaces: inForce.pack } : {}

  return (
    <Page
      name={title}
      title={<Untrusted>{title}</Untrusted>}
      under={
        <>
          {inForce?.pack === pack.digest ? (
            <Badge shape="disc" tone="accent">
              {t('inForce')}
            </Badge>
          ) : (
            <Badge shape="ring" tone="due">
              {t('notInForce')}
            </Badge>
          )}
          {since === null || since === undefined ? null : (
            <span>
              {t('since')} <Moment at={since} />
            </span>
          )}
          <span>
            {t('packDigest')} <Digest value={pack.digest} name={t('packDigest')} />
          </span>
        </>
      }
    >
      <Section title={t('adoption')}>
        <AdoptionList adoptions={adoptions} parties={channelView.parties} digest={pack.digest} channel={channel} />
        <Composer
          channel={channel}
          may={data.may}
          recipients={channelView.parties.filter((party) => party !== channelView.own)}
          exercise={false}
          fixed={{ 'agreement.adopted': { pack: pack.digest, ...replaces } }}
          chosen={chosen}
          onChoose={setChosen}
        />
      </Section>
      <Section title={t('texts')}>
        <AgreementTexts pack={pack} />
      </Section>
      <Section title={t('commitments', { count: pack.commitments.length })}>
        <ol className={styles.commitments}>
          {pack.commitments.map((commitment, place) => (
            <li key={commitment.id} id={`commitment-${commitment.id}`} tabIndex={-1} className={styles.commitment}>
              <span className={styles.number}>{place + 1}</span>
              <div>
                <p className={styles.name}>
                  <Untrusted>{wordingOf(commitment.names, locale) ?? commitment.id}</Untrusted>
                </p>
                <p className={styles.faint}>
                  {codes.word('commitmentKind', commitment.kind)} · {codes.words('actor', commitment.actors)} ·{' '}
                  <code translate="no">{commitment.id}</code>
                </p>
              </div>
            </li>
          ))}
        </ol>
      </Section>
    </Page>
  )
}
