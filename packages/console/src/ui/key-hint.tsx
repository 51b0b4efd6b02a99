// The keys that do a thing, shown beside it.

import { Fragment } from 'react'
import styles from './key-hint.module.css'

const onApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** Keys in the notation of `shortcuts.tsx`: `mod+k`, `j`, `?`. */
export function KeyHint(props: { readonly keys: string }) {
  return (
    <span className={styles.keys} data-screen-only="">
      {props.keys.split('+').map((key, place) => (
        <Fragment key={key}>
          {place === 0 ? null : ' '}
          <kbd className={styles.key}>{key === 'mod' ? (onApple ? '⌘' : 'Ctrl') : key === 'enter' ? '↵' : key}</kbd>
        </Fragment>
      ))}
    </span>
  )
}
