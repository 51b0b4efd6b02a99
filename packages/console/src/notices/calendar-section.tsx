// The calendar of deadlines: an address that is a secret, shown once.

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import { useSay } from '../ui/toasts.tsx'
import styles from './notices.module.css'

export function CalendarSection() {
  const t = useTranslations('notices')
  const say = useSay()
  const make = useMutation({ mutationFn: () => client.addCalendarFeed() })
  const end = useMutation({
    mutationFn: () => client.endCalendarFeed(),
    onSuccess: () => {
      make.reset()
      say(t('calendarEnded'))
    },
  })
  const problem = make.error ?? end.error
  return (
    <Section title={t('calendarTitle')}>
      <p>{t('calendarText')}</p>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {make.data === undefined ? null : (
        <Notice title={t('calendarMade')}>
          <p className={styles.secret}>
            <code translate="no">{new URL(make.data.path, location.origin).href}</code>
          </p>
        </Notice>
      )}
      <div className={styles.actions} data-screen-only="">
        <Button onPress={() => make.mutate()} isPending={make.isPending}>
          {t('calendarMake')}
        </Button>
        <Button look="quiet" onPress={() => end.mutate()} isPending={end.isPending}>
          {t('calendarEnd')}
        </Button>
      </div>
    </Section>
  )
}
