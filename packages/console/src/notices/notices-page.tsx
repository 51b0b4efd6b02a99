// How a person is told that there is something to look at: mail, a calendar of deadlines, and the webhooks of the node.

import { useTranslations } from 'use-intl'
import { Page, Section } from '../ui/page.tsx'
import { CalendarSection } from './calendar-section.tsx'
import { MailForm } from './mail-form.tsx'
import { WebhooksSection } from './webhooks-section.tsx'

export default function NoticesPage() {
  const t = useTranslations('notices')
  return (
    <Page name={t('title')} under={t('lead')}>
      <Section title={t('mailTitle')}>
        <MailForm />
      </Section>
      <CalendarSection />
      <WebhooksSection />
    </Page>
  )
}
