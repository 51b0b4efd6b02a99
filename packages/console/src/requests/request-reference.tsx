// Another request in one line: its title and the way there, who asks whom, how it stands.

import type { RequestSummary } from '@parley/api'
import { paths } from '../app/paths.ts'
import { useCodes } from '../i18n/codes.ts'
import { Link } from '../ui/link.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { StatusMark } from './status-mark.tsx'
import styles from './case.module.css'

export function RequestReference(props: { readonly request: RequestSummary }) {
  const codes = useCodes()
  const { channel, id, kind, requested, requesting, status, title } = props.request
  return (
    <span className={styles.reference}>
      <Link {...paths.request(channel, id)}>
        {title === null ? codes.word('requestKind', kind) : <Untrusted>{title}</Untrusted>}
      </Link>
      <span>
        <PartyName party={requesting} /> → <PartyName party={requested} />
      </span>
      <StatusMark status={status} />
    </span>
  )
}
