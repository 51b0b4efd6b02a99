// What a request still lacks while it is being written, by the same code that the other side returns it by. It never stands in
// the way: an incomplete request is valid, and may be sent when there is no time.

import { codeLists, listGiven, listMissing, listParticulars } from '@parley/mechanism'
import type { Asked, Guided } from '@parley/mechanism'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { ActDraft } from './act-draft.ts'
import styles from './act-form.module.css'

export function Completeness(props: {
  readonly draft: ActDraft
  /** What the agreement in force says of each kind, if it says anything. */
  readonly guided: Guided | undefined
  readonly onChange: (draft: ActDraft) => void
}) {
  const t = useTranslations('completeness')
  const codes = useCodes()
  const { draft, guided, onChange } = props
  const asked = askedOf(draft)
  if (asked === undefined) return null
  const missing = listMissing(asked, listGiven(draft.particulars), guided)
  const all = listParticulars(asked, guided).length
  return (
    <div role="status">
      {missing.length === 0 ? (
        <Notice title={t('whole')}>
          <p>{t('wholeText', { count: all })}</p>
        </Notice>
      ) : (
        <Notice title={t('missing', { count: String(missing.length), all: String(all) })} tone="due">
          <p>{t('missingText')}</p>
          <ul className={styles.missing}>
            {missing.map((code) => (
              <li key={code}>
                <Button
                  look="quiet"
                  onPress={() =>
                    onChange({ ...draft, particulars: { ...draft.particulars, [code]: draft.particulars[code] ?? '' } })
                  }
                >
                  {codes.word('particular', code)}
                </Button>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

/** What is asked, once its kind is chosen. */
function askedOf({ values }: ActDraft): Asked | undefined {
  const kind = codeLists.requestKind.find((code) => code === values['kind'])
  if (kind === undefined) return undefined
  const urgency = codeLists.urgency.find((code) => code === values['urgency']) ?? 'ordinary'
  return { kind, urgency, relation: codeLists.relation.find((code) => code === values['relation']) }
}
