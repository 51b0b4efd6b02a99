// A link inside the console, by the router, which also fetches what the page behind it needs.

import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

/** Takes what `paths` gives: `<Link {...paths.request(channel, id)}>`. */
export const Link = createLink(function Anchor(
  props: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> },
) {
  return <a {...props}>{props.children}</a>
})
