// The form that begins uploads: which files, how they are marked, whom they are sealed to. Nothing is handed over by it.

import { codeLists, evidenceBytesMax } from '@parley/mechanism'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { startUpload } from '../data/uploads.ts'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Button } from '../ui/button.tsx'
import { OneOf, SomeOf } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { FieldFault } from '../ui/error-summary.tsx'
import { FileField } from '../ui/file-field.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { useBytes } from './use-bytes.ts'
import styles from './evidence.module.css'

/** What one account may have under way at a time. */
const filesMax = 16
/** What is said of a file travels in one header: longer text belongs into an act of the request. */
const descriptionLengthMax = 1000

export function AddEvidence(props: {
  readonly channel: string
  readonly request: string | undefined
  readonly exercise: boolean
  /** The other parties of the channel. */
  readonly others: readonly string[]
  readonly onClose: () => void
}) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const { locale } = useLanguage()
  const formatBytes = useBytes()
  const [files, setFiles] = useState<readonly File[]>([])
  const [media, setMedia] = useState<string>('other-media')
  const [handling, setHandling] = useState<string>('amber')
  const [to, setTo] = useState<readonly string[]>(props.others)
  const [description, setDescription] = useState('')
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message

  function check(): FieldFault[] {
    const found: FieldFault[] = []
    if (files.length === 0) found.push({ field: 'evidence-files', message: t('noFile') })
    if (files.length > filesMax) found.push({ field: 'evidence-files', message: t('tooMany', { count: filesMax }) })
    if (files.some(({ size }) => size > evidenceBytesMax)) {
      found.push({ field: 'evidence-files', message: t('tooLong') })
    }
    if (to.length === 0) found.push({ field: 'evidence-to', message: t('nobodyChosen') })
    return found
  }

  function begin(): void {
    const found = check()
    setFaults(found)
    if (found.length > 0) return
    for (const file of files) {
      startUpload(
        props.channel,
        {
          filename: file.name,
          media,
          handling,
          to: to.join(','),
          request: props.request,
          language: locale,
          description: description.trim() === '' ? undefined : description,
          exercise: props.exercise ? 'true' : undefined,
        },
        file,
      )
    }
    props.onClose()
  }

  return (
    <Dialog open wide dismissable={false} title={t('addTitle')} onClose={props.onClose}>
      <FormShell
        action={t('begin')}
        note={t('beginNote')}
        faults={faults}
        onSubmit={begin}
        onCancel={props.onClose}
        cancel={t('cancel')}
      >
        <FileField
          id="evidence-files"
          label={t('choose')}
          hint={t('drop')}
          error={faultOf('evidence-files')}
          multiple
          onChoose={(chosen) => setFiles([...files, ...chosen])}
        />
        {files.length === 0 ? null : (
          <ul className={styles.chosen} aria-label={t('chosen')}>
            {files.map((file, place) => (
              // One file may be chosen twice: its place tells it.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={place}>
                <span>
                  <Untrusted>{file.name}</Untrusted> · {formatBytes(file.size)}
                </span>
                <Button
                  look="quiet"
                  aria-label={t('remove', { name: formatShown(file.name) })}
                  onPress={() => setFiles(files.filter((_, at) => at !== place))}
                >
                  ×
                </Button>
              </li>
            ))}
          </ul>
        )}
        <OneOf
          label={t('marked')}
          hint={t('markedHint')}
          value={handling}
          onChange={setHandling}
          choices={codeLists.handling.map((id) => ({ id, label: codes.word('handling', id) }))}
        />
        <Select
          label={t('kind')}
          value={media}
          onChange={setMedia}
          options={codeLists.evidenceMedia.map((id) => ({ id, label: codes.word('evidenceMedia', id) }))}
        />
        {props.others.length < 2 ? null : (
          <SomeOf
            id="evidence-to"
            label={t('recipients')}
            hint={t('recipientsHint')}
            error={faultOf('evidence-to')}
            value={to}
            onChange={setTo}
            choices={props.others.map((id) => ({ id, label: <PartyName party={id} whole /> }))}
          />
        )}
        <TextArea
          label={t('description')}
          hint={t('descriptionHint')}
          value={description}
          onChange={setDescription}
          lengthMax={descriptionLengthMax}
          rows={3}
          lang={locale}
        />
      </FormShell>
    </Dialog>
  )
}
