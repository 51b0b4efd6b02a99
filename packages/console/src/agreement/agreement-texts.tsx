// Two texts of the agreement side by side, aligned by paragraph, with the words that commitments stand on marked.

import type { AgreementText, PackView } from '@parley/api'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { nameLanguage } from '../requests/language-head.tsx'
import { SideBySide } from '../ui/side-by-side.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { markQuotes } from './quotes.ts'
import { pairTexts } from './text-pairs.ts'
import type { MarkedRun } from './quotes.ts'
import styles from './agreement.module.css'

export function AgreementTexts(props: { readonly pack: PackView }) {
  const t = useTranslations('agreement')
  const { locale } = useLanguage()
  const pairs = useMemo(() => pairTexts(props.pack.texts, locale), [props.pack, locale])
  if (pairs.length === 0) return <p>{t('noTexts')}</p>
  return (
    <div className={styles.texts}>
      {pairs.map((pair) => (
        <MarkedTexts key={pair[0].id} pack={props.pack} texts={pair} />
      ))}
    </div>
  )
}

function MarkedTexts(props: { readonly pack: PackView; readonly texts: readonly AgreementText[] }) {
  const { pack, texts } = props
  const numbers = useMemo(() => new Map(pack.commitments.map(({ id }, place) => [id, place + 1])), [pack])
  const columns = useMemo(
    () =>
      texts.map((text) => ({
        text,
        paragraphs: markQuotes(
          text.body,
          pack.commitments.flatMap(({ id, anchors }) =>
            anchors.filter((anchor) => anchor.text === text.id).map((anchor) => ({ commitment: id, anchor })),
          ),
        ),
      })),
    [pack, texts],
  )
  return (
    <SideBySide
      texts={columns.map(({ text, paragraphs }) => ({
        lang: text.language,
        head: <TextHead text={text} />,
        paragraphs: paragraphs.map((runs, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a paragraph is its place in the text
          <Marked key={place} runs={runs} numbers={numbers} lang={text.language} />
        )),
      }))}
    />
  )
}

function TextHead({ text }: { readonly text: AgreementText }) {
  const t = useTranslations('agreement')
  const codes = useCodes()
  return (
    <div className={styles.textHead}>
      <p className={styles.textTitle}>
        <span lang={text.language}>{nameLanguage(text.language)}</span> · {codes.word('textStatus', text.status)}
      </p>
      <p>
        {t('issuedBy')} <Untrusted>{text.issuer}</Untrusted> · <time dateTime={text.date}>{text.date}</time>
        {text.by === undefined ? null : (
          <>
            {' '}
            · {t('translatedBy')} <Untrusted>{text.by}</Untrusted>
          </>
        )}
      </p>
      <p>
        {t('source')} <Untrusted>{text.source}</Untrusted>
      </p>
    </div>
  )
}

function Marked(props: {
  readonly runs: readonly MarkedRun[]
  readonly numbers: ReadonlyMap<string, number>
  readonly lang: string
}) {
  const t = useTranslations('agreement')
  return (
    <p>
      {props.runs.map((run, place) => {
        const words = (
          <Untrusted lines lang={props.lang}>
            {run.text}
          </Untrusted>
        )
        if (run.commitments.length === 0) {
          // oxlint-disable-next-line react/no-array-index-key -- a run is its place in the paragraph
          return <span key={place}>{words}</span>
        }
        const following = props.runs[place + 1]?.commitments ?? []
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a run is its place in the paragraph
          <span key={place}>
            <mark className={styles.marked}>{words}</mark>
            {run.commitments
              .filter((id) => !following.includes(id))
              .map((id) => (
                <a
                  key={id}
                  href={`#commitment-${id}`}
                  className={styles.reference}
                  aria-label={t('toCommitment', { place: props.numbers.get(id) ?? 0 })}
                  onClick={(event) => {
                    event.preventDefault()
                    const place = document.getElementById(`commitment-${id}`)
                    place?.scrollIntoView({ block: 'center' })
                    place?.focus({ preventScroll: true })
                  }}
                >
                  {props.numbers.get(id)}
                </a>
              ))}
          </span>
        )
      })}
    </p>
  )
}
