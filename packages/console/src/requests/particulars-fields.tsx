// The particulars that the field's templates ask for, added one by one; each goes into the sealed body under its code.

import { codeLists } from '@parley/mechanism'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea } from '../ui/text-field.tsx'
import type { ActDraft } from './act-draft.ts'
import styles from './act-form.module.css'

const textLengthMax = 8000
const none = ''

export function ParticularsFields(props: { readonly draft: ActDraft; readonly onChange: (draft: ActDraft) => void }) {
  const t = useTranslations('form')
  const codes = useCodes()
  const { draft, onChange } = props
  const { particulars } = draft
  const given = codeLists.particular.filter((code) => Object.hasOwn(particulars, code))
  const rest = codeLists.particular.filter((code) => !Object.hasOwn(particulars, code))
  return (
    <>
      {given.map((code) => (
        <div key={code} className={styles.particular}>
          <TextArea
            label={codes.word('particular', code)}
            rows={3}
            lang={draft.original.language}
            lengthMax={textLengthMax}
            value={particulars[code] ?? ''}
            onChange={(text) => onChange({ ...draft, particulars: { ...particulars, [code]: text } })}
          />
          <Button
            look="quiet"
            onPress={() => {
              const { [code]: _, ...others } = particulars
              onChange({ ...draft, particulars: others })
            }}
          >
            {t('removeParticular', { name: codes.word('particular', code) })}
          </Button>
        </div>
      ))}
      <Select
        label={t('addParticular')}
        value={none}
        options={[
          { id: none, label: t('choose') },
          ...rest.map((code) => ({ id: code, label: codes.word('particular', code) })),
        ]}
        onChange={(code) => {
          if (code !== none) onChange({ ...draft, particulars: { ...particulars, [code]: '' } })
        }}
      />
    </>
  )
}
