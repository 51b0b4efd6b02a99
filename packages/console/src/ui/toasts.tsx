// What has just happened, said once at the foot of the page and to assistive technology, then gone.

import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import styles from './toasts.module.css'

interface Toast {
  readonly id: number
  readonly content: ReactNode
}

const toastSecondsShown = 12
const toastsMax = 3

const SayContext = createContext<(content: ReactNode) => void>(() => undefined)

/** Says something that happened. Never the only place where it can be read. */
export function useSay(): (content: ReactNode) => void {
  return useContext(SayContext)
}

let lastId = 0

export function Toasts(props: { readonly children: ReactNode }) {
  const t = useTranslations('ui')
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const say = useCallback(
    (content: ReactNode) => {
      const id = ++lastId
      setToasts((all) => [...all, { id, content }].slice(-toastsMax))
      setTimeout(() => drop(id), toastSecondsShown * 1000)
    },
    [drop],
  )
  const shown = useMemo(
    () =>
      toasts.map((toast) => (
        <li key={toast.id} className={styles.toast}>
          <div>{toast.content}</div>
          <Button look="quiet" onPress={() => drop(toast.id)}>
            {t('dismiss')}
          </Button>
        </li>
      )),
    [toasts, drop, t],
  )
  return (
    <SayContext value={say}>
      {props.children}
      <output className={styles.place} data-screen-only="">
        {toasts.length === 0 ? null : <ul className={styles.list}>{shown}</ul>}
      </output>
    </SayContext>
  )
}
