// The same text in two languages, aligned by paragraph. At narrow width each pair stands one under the other.

import type { ReactNode } from 'react'
import styles from './side-by-side.module.css'

export interface LanguageText {
  /** The language tag of the text. */
  readonly lang: string
  /** The head of the column: the language's name, and whether this is the original. */
  readonly head: ReactNode
  readonly paragraphs: readonly ReactNode[]
}

/** One text is shown alone; of more than two, the first two. */
export function SideBySide(props: { readonly texts: readonly LanguageText[] }) {
  const texts = props.texts.slice(0, 2)
  const rows = Math.max(0, ...texts.map((text) => text.paragraphs.length))

  return (
    <div className={texts.length > 1 ? styles.pair : styles.alone}>
      <div className={styles.row}>
        {texts.map((text) => (
          <div key={text.lang} className={styles.head}>
            {text.head}
          </div>
        ))}
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row}>
          {texts.map((text) => (
            <div key={text.lang} lang={text.lang} className={styles.cell}>
              {text.paragraphs[row]}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
