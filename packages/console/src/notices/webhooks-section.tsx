// The addresses of the party's own systems that are told: which there are, one more, one less.

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './notices.module.css'

const addressLengthMax = 512

export function WebhooksSection() {
  const t = useTranslations('notices')
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(view('listWebhooks'))
  const [url, setUrl] = useState('')
  const [missing, setMissing] = useState(false)
  const settled = () => queries.invalidateQueries({ queryKey: ['listWebhooks'] })
  const add = useMutation({
    mutationFn: () => client.addWebhook({ body: { url: url.trim() } }),
    onSuccess: async () => {
      setUrl('')
      await settled()
    },
  })
  const remove = useMutation({
    mutationFn: (id: string) => client.removeWebhook({ params: { id } }),
    onSettled: settled,
  })
  const problem = add.error ?? remove.error
  return (
    <Section title={t('webhooksTitle')}>
      <p>{t('webhooksText')}</p>
      {data.items.length === 0 ? (
        <p className={styles.none}>{t('webhooksNone')}</p>
      ) : (
        <ul className={styles.webhooks}>
          {data.items.map((webhook) => (
            <li key={webhook.id}>
              <code translate="no">{webhook.url}</code>
              <Button look="quiet" onPress={() => remove.mutate(webhook.id)}>
                {t('webhookRemove', { url: webhook.url })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {add.data === undefined ? null : (
        <Notice title={t('webhookKey')}>
          <p className={styles.secret}>
            <code translate="no">{add.data.signingKey}</code>
          </p>
        </Notice>
      )}
      <FormShell
        action={t('webhookAdd')}
        pending={add.isPending}
        onSubmit={() => {
          if (url.trim() === '') setMissing(true)
          else add.mutate()
        }}
      >
        <TextField
          label={t('webhookAddress')}
          value={url}
          onChange={(text) => {
            setUrl(text)
            setMissing(false)
          }}
          error={missing ? t('webhookAddressMissing') : undefined}
          lengthMax={addressLengthMax}
          spellCheck={false}
        />
      </FormShell>
    </Section>
  )
}
