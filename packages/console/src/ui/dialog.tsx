// A dialogue over the page. It takes the focus, gives it back, and closes on Escape unless that would lose something.

import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import styles from './dialog.module.css'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  readonly foot?: ReactNode
  readonly wide?: boolean
  /** False while closing by a stray click would lose work. */
  readonly dismissable?: boolean
  readonly role?: 'dialog' | 'alertdialog'
}

export function Dialog(props: DialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay!}
      isOpen={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
      isDismissable={props.dismissable ?? true}
    >
      <Modal className={`${styles.modal} ${props.wide === true ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog!} role={props.role ?? 'dialog'}>
          <Heading slot="title" level={2} className={styles.title!}>
            {props.title}
          </Heading>
          <div className={styles.body}>{props.children}</div>
          {props.foot === undefined ? null : <div className={styles.foot}>{props.foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
