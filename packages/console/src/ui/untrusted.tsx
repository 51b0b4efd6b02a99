// Text that another party wrote: isolated from the direction of the line around it, with nothing hidden in it.

import { revealHidden } from './untrusted-text.ts'
import styles from './untrusted.module.css'

/** `lang` is set whenever the language of the text is known and is not the page's. */
export function Untrusted(props: {
  readonly children: string
  readonly lang?: string | undefined
  readonly lines?: boolean
}) {
  return (
    <bdi lang={props.lang} className={props.lines === true ? styles.lines : styles.untrusted}>
      {revealHidden(props.children).map((segment, place) =>
        segment.kind === 'text' ? (
          segment.text
        ) : (
          // A run of text has no better name than its place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={place} className={styles.escape}>
            {segment.text}
          </span>
        ),
      )}
    </bdi>
  )
}
