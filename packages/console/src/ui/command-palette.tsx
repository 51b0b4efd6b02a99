// One field that finds every command of the page: type a few letters, press Enter.

import { Autocomplete } from 'react-aria-components/Autocomplete'
import { useFilter } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { Text } from 'react-aria-components/Text'
import { useTranslations } from 'use-intl'
import dialog from './dialog.module.css'
import styles from './command-palette.module.css'

export interface Command {
  readonly id: string
  readonly label: string
  readonly keys?: string
  readonly run: () => void
}

export default function CommandPalette(props: { readonly commands: readonly Command[]; readonly onClose: () => void }) {
  const t = useTranslations('ui')
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <ModalOverlay
      className={`${dialog.overlay} ${styles.overlay}`}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <Modal className={dialog.modal!}>
        <Dialog className={dialog.dialog!} aria-label={t('palette')}>
          <Autocomplete filter={contains}>
            {/* The person has asked for this field by its key. */}
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
            <SearchField autoFocus aria-label={t('palette')} className={styles.search!}>
              <Input className={styles.input!} placeholder={t('paletteHint')} />
            </SearchField>
            {/* The list scrolls by itself, so it is a stop for the keyboard too. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <div className={styles.scroller} tabIndex={0}>
              <Menu
                className={styles.menu!}
                items={props.commands}
                aria-label={t('palette')}
                renderEmptyState={() => <p className={styles.none}>{t('paletteNone')}</p>}
                onAction={(id) => {
                  props.onClose()
                  props.commands.find((command) => command.id === id)?.run()
                }}
              >
                {(command) => (
                  <MenuItem id={command.id} textValue={command.label} className={styles.item!}>
                    <Text slot="label">{command.label}</Text>
                    {/* Drawn by the style sheet: the name of the command stays its words. */}
                    {command.keys === undefined ? null : <span className={styles.keys} data-keys={command.keys} />}
                  </MenuItem>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
