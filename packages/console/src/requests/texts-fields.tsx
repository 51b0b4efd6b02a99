// What is said beside the coded fields: one text, and a translation when somebody adds one. It is sealed before it leaves.

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { otherLanguage } from './act-draft.ts'
import type { ActDraft } from './act-draft.ts'
import { nameLanguage } from './language-head.tsx'
import { fieldIdOf } from './shape-fields.tsx'
import styles from './act-form.module.css'

const languages = ['en', 'zh-Hans']
const textLengthMax = 40_000

/** `titled`: the first line of the text will be the title of the matter. */
export function TextsFields(props: {
  readonly required: boolean
  readonly titled: boolean
  readonly draft: ActDraft
  readonly onChange: (draft: ActDraft) => void
  readonly faults: ReadonlyMap<string, string>
}) {
  const t = useTranslations('form')
  const { draft, onChange } = props
  const { original, translation } = draft
  const [wanted, setWanted] = useState(props.required || original.text !== '')
  if (!wanted) {
    return (
      <div>
        <Button look="quiet" onPress={() => setWanted(true)}>
          {t('addText')}
        </Button>
      </div>
    )
  }
  const label = props.required ? t('text') : t('optional', { field: t('text') })
  return (
    <div className={`${styles.texts} ${translation === undefined ? '' : styles.pair}`}>
      <div className={styles.text}>
        <Select
          label={t('language')}
          value={original.language}
          options={languages.map((id) => ({ id, label: nameLanguage(id) }))}
          onChange={(language) =>
            onChange({
              ...draft,
              original: { ...original, language },
              translation:
                translation === undefined ? undefined : { ...translation, language: otherLanguage(language) },
            })
          }
        />
        <TextArea
          id={fieldIdOf('original')}
          label={label}
          hint={props.titled ? t('titledHint') : t('textHint')}
          rows={props.titled ? 12 : 6}
          lang={original.language}
          lengthMax={textLengthMax}
          value={original.text}
          error={props.faults.get('original')}
          onChange={(text) => onChange({ ...draft, original: { ...original, text } })}
          wide={translation !== undefined}
        />
        {translation === undefined ? (
          <div className={styles.more}>
            <Button
              look="quiet"
              onPress={() =>
                onChange({ ...draft, translation: { language: otherLanguage(original.language), text: '' } })
              }
            >
              {t('addTranslation')}
            </Button>
          </div>
        ) : null}
      </div>
      {translation === undefined ? null : (
        <div className={styles.text}>
          <Select
            label={t('translationLanguage')}
            value={translation.language}
            options={languages.filter((id) => id !== original.language).map((id) => ({ id, label: nameLanguage(id) }))}
            onChange={(language) => onChange({ ...draft, translation: { ...translation, language } })}
          />
          <TextArea
            id={fieldIdOf('translation')}
            label={t('translation')}
            hint={t('translationHint')}
            rows={props.titled ? 12 : 6}
            lang={translation.language}
            lengthMax={textLengthMax}
            value={translation.text}
            error={props.faults.get('translation')}
            onChange={(text) => onChange({ ...draft, translation: { ...translation, text } })}
            wide
          />
          <div className={styles.more}>
            <Button look="quiet" onPress={() => onChange({ ...draft, translation: undefined })}>
              {t('removeTranslation')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
