// A short message on a call that was taken: one field and one press, because the other side waits. It is sealed and recorded
// like every text.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { refuseText } from '@parley/mechanism'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import styles from './hotline.module.css'

const messageLengthMax = 2000

export function SayForm(props: { readonly channel: string; readonly call: string; readonly exercise: boolean }) {
  const t = useTranslations('hotline')
  const codes = useCodes()
  const queries = useQueryClient()
  const { locale } = useLanguage()
  const [text, setText] = useState('')
  // One key for one message: pressed again after a lost answer it is not said twice.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [fault, setFault] = useState<string>()
  const say = useMutation({
    mutationFn: () =>
      client.appendAct({
        params: { channel: props.channel },
        body: {
          type: 'hotline.said',
          subject: props.call,
          data: {},
          body: { v: 1, texts: [{ language: locale, text, role: 'original' }] },
          ...(props.exercise ? { exercise: true } : {}),
          idempotencyKey: key,
        },
      }),
    onSuccess: () => {
      setText('')
      setKey(crypto.randomUUID())
      void queries.invalidateQueries({ queryKey: ['viewCall'] })
    },
  })
  return (
    <form
      className={styles.say}
      data-screen-only=""
      onSubmit={(event) => {
        event.preventDefault()
        const refusal = refuseText(text)
        setFault(refusal === undefined ? undefined : codes.reason(refusal))
        if (refusal === undefined && !say.isPending) say.mutate()
      }}
    >
      <TextArea
        label={t('message')}
        hint={t('messageHint')}
        rows={2}
        lang={locale}
        lengthMax={messageLengthMax}
        value={text}
        error={fault}
        onChange={setText}
      />
      <div>
        <Button look="main" type="submit" isPending={say.isPending}>
          {t('send')}
        </Button>
      </div>
      {say.error === null ? null : <ProblemNotice problem={say.error} />}
    </form>
  )
}
