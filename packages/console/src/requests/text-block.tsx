// One block of a foreign text, with the structure that its plain conventions give it. Whatever it says is text: nothing of it is
// ever markup, a link or a command (SECURITY-RULES T-10).

import type { TextBlock as Block } from '@parley/mechanism'
import { Untrusted } from '../ui/untrusted.tsx'
import styles from './text-block.module.css'

export function TextBlock(props: { readonly block: Block; readonly lang: string }) {
  const { block, lang } = props
  const text = (
    <Untrusted lines lang={lang}>
      {block.text}
    </Untrusted>
  )
  switch (block.kind) {
    case 'heading':
      return (
        // Foreign text makes no heading of the page: it would stand in the page's own outline.
        <p className={styles.heading}>{text}</p>
      )
    case 'item':
      return (
        <div className={styles.item}>
          <span className={styles.number}>{block.number}</span>
          <span>{text}</span>
        </div>
      )
    case 'quote':
      return <blockquote className={styles.quote}>{text}</blockquote>
    case 'paragraph':
      return text
  }
}
