// The links of a request with their kind, in both directions.

import type { RequestLink } from '@parley/api'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Digest } from '../ui/digest.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { RequestReference } from './request-reference.tsx'

export function LinksSection(props: { readonly links: readonly RequestLink[] }) {
  const t = useTranslations('ties')
  const codes = useCodes()
  if (props.links.length === 0) return null

  const leadsTo = ({ by, id, kind, office, request }: RequestLink): ReactNode => {
    if (request !== null) return <RequestReference request={request} />
    if (id !== undefined) {
      return (
        <>
          {t('notHere')} <Digest value={id} name={t('notHere')} />
        </>
      )
    }
    return (
      <>
        {by === undefined ? null : codes.word(kind === 'forwarded' ? 'officeKind' : 'formalChannel', by)}{' '}
        {office === undefined ? null : <Untrusted>{office}</Untrusted>}
      </>
    )
  }
  return (
    <Section title={t('links')}>
      <Facts facts={props.links.map((link) => [t(`${link.direction}_${link.kind}`), leadsTo(link)])} />
    </Section>
  )
}
