// One party's half of the directory: how it wants to be asked, its offices, and who answers at each contact point now.

import type { ContactState } from '@parley/api'
import type { Office, PartyDirectory } from '@parley/mechanism'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { nameLanguage } from '../requests/language-head.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts } from '../ui/page.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { beginAmendment, beginProfile, beginReturn, beginReview, beginRota } from './begun.ts'
import type { Begun } from './begun.ts'
import { ContactPoint } from './contact-point.tsx'
import { RotaWeek } from './rota-week.tsx'
import styles from './directory.module.css'

/** What ends or is to be looked at again within so much time is marked. */
const noticeMilliseconds = 30 * 86_400_000

export function PartyColumn(props: {
  readonly half: PartyDirectory
  readonly contacts: readonly ContactState[]
  readonly overdue: boolean
  readonly now: number
  /** What may be done, and how it is begun; absent for other parties' halves. */
  readonly allowed?: ReadonlySet<string>
  readonly onBegin?: (begun: Begun) => void
}) {
  const t = useTranslations('directory')
  const codes = useCodes()
  const { contacts, half, overdue } = props
  const { absences, offices, profile } = half
  const { now } = props
  const deed = (begun: Begun) =>
    props.allowed?.has(begun.type) === true ? (
      <Button key={begun.type} look="quiet" onPress={() => props.onBegin?.(begun)}>
        {codes.deed(begun.type)}
      </Button>
    ) : null
  const isReviewNear = profile !== undefined && !overdue && profile.reviewBy - now < noticeMilliseconds
  return (
    <section className={styles.party}>
      <h2>
        <PartyName party={half.party} whole />
      </h2>
      {overdue ? (
        <Badge shape="triangle" tone="due">
          {t('reviewOverdue')}
        </Badge>
      ) : null}
      {isReviewNear ? (
        <Badge shape="half" tone="due">
          {t('reviewDue')}
        </Badge>
      ) : null}
      <h3>{t('contacts')}</h3>
      {contacts.length === 0 ? <p className={styles.none}>{t('noContacts')}</p> : null}
      <ul className={styles.list}>
        {contacts.map((contact) => (
          <ContactPoint
            key={`${contact.contact} ${contact.contactPoint}`}
            contact={contact}
            expires={expiryOf(offices, contact, now)}
          />
        ))}
      </ul>
      <h3>{t('profile')}</h3>
      {profile === undefined ? (
        <p className={styles.none}>{t('noProfile')}</p>
      ) : (
        <Facts
          facts={[
            [
              codes.field('authorities'),
              profile.authorities.map(({ competence, office }, at) => (
                <span key={`${office} ${competence}`}>
                  {at === 0 ? null : t('semicolon')}
                  {codes.word('competence', competence)} (<Untrusted>{office}</Untrusted>)
                </span>
              )),
            ],
            [codes.field('channels'), codes.words('channelKind', profile.channels)],
            [codes.field('languages'), <Languages key="languages" tags={profile.languages} />],
            [codes.field('dualCriminality'), codes.word('dualCriminality', profile.dualCriminality)],
            ...(profile.formalities === undefined
              ? []
              : [[codes.field('formalities'), codes.words('formality', profile.formalities)] as const]),
            ...(profile.useLimits === undefined
              ? []
              : [[codes.field('useLimits'), codes.words('condition', profile.useLimits)] as const]),
            ...(profile.reservations === undefined
              ? []
              : [[codes.field('reservations'), codes.words('reservation', profile.reservations)] as const]),
            [codes.field('reviewBy'), <Moment key="review" at={profile.reviewBy} />],
          ]}
        />
      )}
      <p className={styles.marks} data-screen-only="">
        {profile === undefined ? null : deed(beginReview(now))}
        {deed(beginProfile(profile, now))}
      </p>
      <h3>{t('offices')}</h3>
      {offices.length === 0 ? <p className={styles.none}>{t('noOffices')}</p> : null}
      <ul className={styles.list}>
        {offices.map((office) => (
          <OfficeItem key={office.office} office={office}>
            {deed(beginAmendment(office))}
            {deed(beginRota(office))}
          </OfficeItem>
        ))}
      </ul>
      {absences.length === 0 ? null : <h3>{t('absences')}</h3>}
      <ul className={styles.list}>
        {absences.map((absence) => (
          <li key={absence.entry} className={styles.item}>
            <p>
              {t.rich('absence', {
                office: () => <Untrusted>{absence.office}</Untrusted>,
                standIn: () => <Untrusted>{absence.standIn}</Untrusted>,
              })}
            </p>
            <p>
              <Moment at={absence.from} look="brief" /> – <Moment at={absence.until} look="brief" />
            </p>
            {deed(beginReturn(absence))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function OfficeItem({ office, children }: { readonly office: Office; readonly children: ReactNode }) {
  const codes = useCodes()
  const facts: [ReactNode, ReactNode][] = [
    [codes.field('kind'), codes.word('officeKind', office.kind)],
    [codes.field('timeZone'), <Untrusted key="zone">{office.timeZone}</Untrusted>],
    [codes.field('languages'), <Languages key="languages" tags={office.languages} />],
  ]
  if (office.holders.length > 0) {
    const positions = office.holders.map(({ position }) => position)
    facts.push([codes.field('position'), codes.words('officePosition', positions)])
  }
  if (office.until !== undefined) facts.push([codes.field('until'), <Moment key="until" at={office.until} />])
  return (
    <li className={styles.item}>
      <h4>
        <Untrusted>{office.office}</Untrusted>
      </h4>
      {office.designations.length === 0 ? null : <p>{codes.words('designation', office.designations)}</p>}
      <Facts facts={facts} />
      {office.rota === undefined ? null : <RotaWeek office={office.office} weekly={office.rota.weekly} />}
      <p className={styles.marks} data-screen-only="">
        {children}
      </p>
    </li>
  )
}

/** When what is said of a contact point ends, if that is soon. */
function expiryOf(offices: readonly Office[], { contactPoint }: ContactState, now: number): number | undefined {
  const until = offices.find(({ office }) => office === contactPoint)?.until
  return until !== undefined && until > now && until - now < noticeMilliseconds ? until : undefined
}

function Languages({ tags }: { readonly tags: readonly string[] }) {
  const format = useFormatter()
  return <bdi>{format.list(tags.map(nameLanguage))}</bdi>
}
