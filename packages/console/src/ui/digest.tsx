// A digest or key, short enough to compare by eye and whole when copied.

import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useTranslations } from 'use-intl'
import styles from './digest.module.css'

const copiedSecondsShown = 2

/** Hexadecimal in groups of eight, or the first eight and the last four when short. */
export function formatDigest(value: string, whole: boolean): string {
  if (!whole && value.length > 16) return `${value.slice(0, 8)}…${value.slice(-4)}`
  return value.replaceAll(/(.{8})(?=.)/g, '$1 ')
}

/** `name` says what the digest is of, for the copy button's label. */
export function Digest(props: { readonly value: string; readonly name: string; readonly whole?: boolean }) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), copiedSecondsShown * 1000)
    return () => clearTimeout(timer)
  }, [copied])

  return (
    <span className={styles.digest}>
      <code className={props.whole === true ? styles.whole : styles.short} translate="no" data-screen-only="">
        {formatDigest(props.value, props.whole ?? false)}
      </code>
      {/* Nobody can copy from paper, so there it is whole. */}
      <code className={styles.whole} translate="no" data-print-only="">
        {formatDigest(props.value, true)}
      </code>
      <Button
        className={styles.copy!}
        aria-label={t('copy', { name: props.name })}
        onPress={() => void navigator.clipboard.writeText(props.value).then(() => setCopied(true))}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.25">
          {copied ? <path d="M3 8.5l3.5 3.5L13 4.5" /> : <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />}
        </svg>
      </Button>
      <output className="visually-hidden">{copied ? t('copied') : ''}</output>
    </span>
  )
}
