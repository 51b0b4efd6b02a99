// A link that begins something, and therefore looks like a button.

import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import styles from './button.module.css'

export const ButtonLink = createLink(function Anchor({
  look = 'plain',
  className,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & {
  readonly ref?: Ref<HTMLAnchorElement>
  readonly look?: 'main' | 'plain'
}) {
  return (
    <a {...props} className={`${styles.button} ${styles[look]} ${styles.link} ${className ?? ''}`}>
      {props.children}
    </a>
  )
})
