// Prints a request: the case file in the reader's language with the other beside it, as a PDF.

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'

export function CaseFileButton({ channel, id }: { readonly channel: string; readonly id: string }) {
  const t = useTranslations('request')
  const { locale } = useLanguage()
  const print = useMutation({
    async mutationFn() {
      const language = locale === 'en' ? 'en+zh-Hans' : 'zh-Hans+en'
      const pdf = await client.viewCaseFile({ params: { channel, id }, query: { language } })
      saveFile(new Uint8Array(pdf), `case-${id.slice(0, 16)}.pdf`, 'application/pdf')
    },
  })
  return (
    <div data-screen-only="">
      <Button onPress={() => print.mutate()} isPending={print.isPending}>
        {t('caseFile')}
      </Button>
      {print.error === null ? null : <ProblemNotice problem={print.error} live />}
    </div>
  )
}
