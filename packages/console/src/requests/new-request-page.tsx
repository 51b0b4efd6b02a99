// A new request: what is asked and how urgently, what it relies on, and the text. A person begins a
// draft that others may join; the machine's own session confirms it here.

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
import { actsDirectly } from '../drafts/acts-directly.ts'
import { BeginDraft } from '../drafts/begin-draft.tsx'
import ActForm from './act-form.tsx'
import { useRequestGroups } from './use-request-groups.ts'

const route = getRouteApi('/signed-in/channels/$channel/requests/new')
const type = 'request.opened'

export default function NewRequestPage() {
  const t = useTranslations('newRequest')
  const codes = useCodes()
  const { channel } = route.useParams()
  const navigate = route.useNavigate()
  const { data } = useSuspenseQuery(view('viewChannel', { params: { channel } }))
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const groups = useRequestGroups()
  const may = data.may.find((item) => item.type === type)
  const others = data.parties.filter((party) => party !== data.own)
  const [only] = others
  const fixed = others.length === 1 && only !== undefined ? { to: only } : undefined
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
      ) : !actsDirectly(session.grants, type) ? (
        <BeginDraft channel={channel} type={type} data={fixed ?? {}} exercise={false} />
      ) : (
        <ActForm
          channel={channel}
          type={type}
          exercise={false}
          recipients={others}
          {...(fixed === undefined ? {} : { fixed })}
          draftName={`${channel}:${type}`}
          groups={groups}
          onDone={(recorded) => void navigate(paths.request(channel, recorded.entry.digest))}
        />
      )}
    </Page>
  )
}
