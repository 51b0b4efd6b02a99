// A new request: what is asked and how urgently, what it relies on, and the text. It is a draft until it is confirmed.

import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { Breadcrumb } from '../ui/breadcrumb.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import ActForm from './act-form.tsx'

const route = getRouteApi('/signed-in/channels/$channel/requests/new')
const type = 'request.opened'

export default function NewRequestPage() {
  const t = useTranslations('newRequest')
  const codes = useCodes()
  const { channel } = route.useParams()
  const navigate = route.useNavigate()
  const { data } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const may = data.may.find((item) => item.type === type)
  const others = data.parties.filter((party) => party !== data.own)
  const [only] = others
  return (
    <Page
      name={t('title')}
      trail={
        <Breadcrumb>
          {[
            <Link key="requests" {...paths.requests(channel)}>
              {t('requests')}
            </Link>,
          ]}
        </Breadcrumb>
      }
      under={t('lead')}
    >
      {may?.allowed === false ? (
        <Notice title={t('notNow')} tone="due">
          <p>{may.reason === undefined ? null : codes.reason(may.reason)}</p>
        </Notice>
      ) : (
        <ActForm
          channel={channel}
          type={type}
          exercise={false}
          recipients={others}
          {...(others.length === 1 && only !== undefined ? { fixed: { to: only } } : {})}
          draftName={`${channel}:${type}`}
          groups={[
            {
              title: t('what'),
              fields: ['to', 'kind', 'relation', 'earlier', 'urgency', 'urgencyGrounds', 'wantedBy'],
            },
            { title: t('why'), fields: ['offences', 'cites', 'norms'] },
            { title: t('how'), fields: ['languages', 'handling', 'office'] },
          ]}
          onDone={(recorded) => void navigate(paths.request(channel, recorded.entry.digest))}
        />
      )}
    </Page>
  )
}
