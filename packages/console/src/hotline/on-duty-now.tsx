// Who is to be found at the other sides' contact points now, before somebody raises a call. Whoever may not see the directory
// sees nothing here.

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { ContactPoint } from '../directory/contact-point.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Section } from '../ui/page.tsx'
import styles from './hotline.module.css'

export function OnDutyNow(props: { readonly channel: string; readonly others: readonly string[] }) {
  const t = useTranslations('hotline')
  const { data } = useQuery(view('viewDirectory', { params: { channel: props.channel } }))
  const contacts = data?.contacts.filter(({ party }) => props.others.includes(party)) ?? []
  if (contacts.length === 0) return null
  return (
    <Section title={t('onDutyNow')}>
      {props.others.map((party) => {
        const points = contacts.filter((contact) => contact.party === party)
        return points.length === 0 ? null : (
          <div key={party} className={styles.openCall}>
            <h3>
              <PartyName party={party} />
            </h3>
            <ul>
              {points.map((contact) => (
                <ContactPoint
                  key={`${contact.contact} ${contact.contactPoint}`}
                  contact={contact}
                  expires={undefined}
                />
              ))}
            </ul>
          </div>
        )
      })}
    </Section>
  )
}
