// One contact point as it is now: who answers, by which stand-in, and what became of the last ping.

import type { ContactState } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import type { Shape, Tone } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import styles from './directory.module.css'

const looks: Readonly<Record<ContactState['state'], readonly [Shape, Tone]>> = {
  'on-duty': ['disc', 'accent'],
  'out-of-hours': ['ring', 'faint'],
  unknown: ['query', 'due'],
  expired: ['cross', 'due'],
  nobody: ['triangle', 'alarm'],
}

export function ContactPoint(props: {
  readonly contact: ContactState
  /** The moment at which what is said of it ends, when that is near. */
  readonly expires: number | undefined
}) {
  const t = useTranslations('directory')
  const codes = useCodes()
  const { contact, expires } = props
  const [shape, tone] = looks[contact.state]
  const { ping } = contact
  return (
    <li className={styles.item}>
      <h4>
        {codes.word('contactKind', contact.contact)}: <Untrusted>{contact.contactPoint}</Untrusted>
      </h4>
      <p className={styles.marks}>
        <Badge shape={shape} tone={tone}>
          {t(`state_${contact.state}`)}
        </Badge>
        {expires === undefined ? null : (
          <Badge shape="half" tone="due">
            {t('expires')} <Moment at={expires} look="brief" />
          </Badge>
        )}
        {ping !== null && ping.answered === null ? (
          <Badge shape="cross" tone="due">
            {t('pingFailed')}
          </Badge>
        ) : null}
        {contact.position === null ? null : <span>{codes.word('officePosition', contact.position)}</span>}
        {contact.absence === null ? null : (
          <Badge shape="half" tone="due">
            {t.rich('standsIn', { office: () => <Untrusted>{contact.office}</Untrusted> })}
          </Badge>
        )}
      </p>
      <p className={styles.ping}>
        {ping === null ? t('neverPinged') : null}
        {ping !== null && ping.answered !== null ? (
          <>
            {t('lastAnswered')} <Moment at={ping.answered} look="brief" />
          </>
        ) : null}
        {ping !== null && ping.answered === null ? (
          <>
            {t('lastUnanswered')} <Moment at={ping.sent} look="brief" />
          </>
        ) : null}
      </p>
    </li>
  )
}
