// A link whose target the browser saves as a file, whatever it is.

import type { ReactNode } from 'react'
import button from './button.module.css'

/** `href` is an address of the node's interface that answers with an attachment. */
export function SaveLink(props: {
  readonly href: string
  readonly look?: 'main' | 'plain'
  readonly children: ReactNode
}) {
  return (
    <a
      href={props.href}
      download=""
      data-screen-only=""
      className={`${button.button} ${button[props.look ?? 'plain']} ${button.link}`}
    >
      {props.children}
    </a>
  )
}
