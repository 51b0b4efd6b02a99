// The manifest of a text: what goes along with it. Names come from outside and are shown with nothing hidden in them; a file is
// reached through its item of evidence and by no other way.

import { useFormatter, useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import type { Attachment } from './body-text.ts'
import styles from './case.module.css'

export function AttachmentList(props: { readonly attachments: readonly Attachment[]; readonly channel: string }) {
  const t = useTranslations('attachments')
  const format = useFormatter()
  return (
    <div>
      <strong>{t('title')}</strong>
      <ul className={styles.list}>
        {props.attachments.map(({ bytes, digest, item, media, name }) => (
          <li key={`${name} ${digest}`}>
            <span className={styles.reference}>
              <Untrusted>{name}</Untrusted>
              <Untrusted>{media}</Untrusted>
              <span>{t('bytes', { bytes: format.number(bytes) })}</span>
              <Digest value={digest} name={t('digest')} />
              {item === undefined ? null : <Link {...paths.evidenceItem(props.channel, item)}>{t('item')}</Link>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
