// What an act says beside its coded fields: the texts side by side, the particulars, the names.

import type { ActView } from '@parley/api'
import type { ReactNode } from 'react'
import { parseTextBlocks } from '@parley/mechanism'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { Badge } from '../ui/badge.tsx'
import type { Shape } from '../ui/badge.tsx'
import { Facts } from '../ui/page.tsx'
import { SideBySide } from '../ui/side-by-side.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { AttachmentList } from './attachment-list.tsx'
import { useBody } from './body-text.ts'
import type { BodyWords } from './body-text.ts'
import { LanguageHead } from './language-head.tsx'
import { TextBlock } from './text-block.tsx'
import { CaseWords } from './words.ts'
import styles from './act-line.module.css'

const shapes: Record<'missing' | 'sealed' | 'erased' | 'mismatch', Shape> = {
  missing: 'ring',
  sealed: 'square',
  erased: 'dash',
  mismatch: 'cross',
}

export function ActBody(props: { readonly act: ActView; readonly channel: string }) {
  const t = useTranslations('body')
  const { body } = props.act
  const { data, error } = useBody(props.act)
  if (body === undefined) return null
  if (body.state !== 'opened') {
    return (
      <p className={styles.state}>
        <Badge shape={shapes[body.state]} tone={body.state === 'mismatch' ? 'alarm' : 'faint'}>
          {t(body.state)}
        </Badge>
      </p>
    )
  }
  if (error !== null) return <ProblemNotice problem={error} />
  if (data === undefined) return <p className={styles.state}>{t('opening')}</p>
  return <BodyShown body={data} channel={props.channel} />
}

/** A body's words, as both sides will read them. */
export function BodyShown(props: {
  readonly body: BodyWords
  /** Where items of evidence that it names are found. */
  readonly channel: string
}) {
  const t = useTranslations('body')
  const codes = useCodes()
  const { attachments, texts, fields, names } = props.body
  return (
    <div className={styles.body}>
      <SideBySide
        texts={texts.map((text) => ({
          lang: text.language,
          head: <LanguageHead language={text.language} role={text.role} by={text.by} />,
          paragraphs: parseTextBlocks(text.text).map((block, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a block is its place in the text
            <TextBlock key={place} block={block} lang={text.language} />
          )),
        }))}
      />
      {fields.length + names.length === 0 ? null : (
        <Facts
          facts={[
            ...fields.map(([code, text]): [string, ReactNode] => [
              // The name of a file is no particular of a request.
              code === 'file-name' ? t('fileName') : codes.word('particular', code),
              <Untrusted key={code} lines>
                {text}
              </Untrusted>,
            ]),
            ...names.map(({ name, as, language }): [string, ReactNode] => [
              codes.word('nameRole', as),
              <Untrusted key={name} lang={language}>
                {name}
              </Untrusted>,
            ]),
          ]}
        />
      )}
      {attachments.length === 0 ? null : (
        <CaseWords>
          <AttachmentList attachments={attachments} channel={props.channel} />
        </CaseWords>
      )}
      {texts.length > 2 ? <p className={styles.state}>{t('moreTexts', { count: texts.length - 2 })}</p> : null}
    </div>
  )
}
