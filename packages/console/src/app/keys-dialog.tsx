// All keys that work on this page, and the switch for those that are single letters.

import { useTranslations } from 'use-intl'
import { SomeOf } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { useShortcuts, useSingleKeys } from '../ui/shortcuts.tsx'
import styles from './keys-dialog.module.css'

export default function KeysDialog(props: { readonly onClose: () => void }) {
  const t = useTranslations('shell')
  const shortcuts = useShortcuts()
  const [singleKeys, switchSingleKeys] = useSingleKeys()
  return (
    <Dialog open onClose={props.onClose} title={t('keys')}>
      <dl className={styles.keys}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.keys} className={styles.line}>
            <dt>
              <KeyHint keys={shortcut.keys} />
            </dt>
            <dd>{shortcut.label}</dd>
          </div>
        ))}
        <div className={styles.line}>
          <dt>
            <KeyHint keys="enter" />
          </dt>
          <dd>{t('openFocused')}</dd>
        </div>
      </dl>
      <SomeOf
        label={t('singleKeys')}
        hint={t('singleKeysHint')}
        choices={[{ id: 'on', label: t('singleKeysOn') }]}
        value={singleKeys ? ['on'] : []}
        onChange={(value) => switchSingleKeys(value.length > 0)}
      />
    </Dialog>
  )
}
