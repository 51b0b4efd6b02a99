// The frame of a page: trail, title, a line under it, actions beside it. The title takes the focus after a change of page.

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { formatShown } from './untrusted-text.ts'
import styles from './page.module.css'

export function Page(props: {
  /** The document's title, as text. */
  readonly name: string
  readonly title?: ReactNode
  readonly trail?: ReactNode
  readonly under?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    // The name may be what another party wrote: a window's name hides nothing either.
    document.title = `${formatShown(props.name)} · Parley`
  }, [props.name])

  useEffect(() => {
    // The first page keeps the browser's own start of the document; every later one starts at its title.
    if (document.documentElement.dataset['moved'] !== undefined) heading.current?.focus({ preventScroll: true })
    document.documentElement.dataset['moved'] = ''
  }, [])

  return (
    <article className={styles.page}>
      <header className={styles.header}>
        {props.trail}
        <div className={styles.line}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {props.title ?? props.name}
          </h1>
          {props.actions === undefined ? null : <div className={styles.actions}>{props.actions}</div>}
        </div>
        {props.under === undefined ? null : <div className={styles.under}>{props.under}</div>}
      </header>
      {props.children}
    </article>
  )
}

/** A titled part of a page. */
export function Section(props: {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly aside?: ReactNode
}) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h2>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}

/** Pairs of a name and a value, the register's way of saying many small things. */
export function Facts(props: { readonly facts: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {props.facts.map(([name, value], place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the facts of a page are fixed
        <div key={place} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
