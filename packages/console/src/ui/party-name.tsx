// A party: by the id that its records carry, or by its name in the agreement where there is room for one.

import { usePartyName } from './agreement-names.ts'
import { Untrusted } from './untrusted.tsx'
import styles from './party-name.module.css'

/** `whole` writes the name out; otherwise it is what a pointer over the id shows. */
export function PartyName(props: { readonly party: string; readonly whole?: boolean }) {
  const name = usePartyName()
  if (props.whole === true) {
    return (
      <span className={styles.whole}>
        <Untrusted>{name(props.party)}</Untrusted>
      </span>
    )
  }
  return (
    <span className={props.party.length <= 3 ? styles.code : styles.name} translate="no" title={name(props.party)}>
      <Untrusted>{props.party}</Untrusted>
    </span>
  )
}
