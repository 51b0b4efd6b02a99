// The form of one act that is recorded at once: its fields, and the step to the confirmation.

import type { Recorded } from '@parley/api'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useDraft } from '../data/drafts.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { emptyDraft, prepareAct } from './act-draft.ts'
import type { ActDraft, DraftFault, Json, ReadyAct } from './act-draft.ts'
import { ActFields, dropHidden, useFaultLines } from './act-fields.tsx'
import type { FieldGroup } from './act-fields.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'

const empty: Record<string, ActDraft> = { en: emptyDraft('en'), 'zh-Hans': emptyDraft('zh-Hans') }

export interface ActFormProps {
  readonly channel: string
  readonly type: string
  readonly subject?: string
  readonly exercise: boolean
  /** The parties that the act is for. */
  readonly recipients: readonly string[]
  /** Fields that are not the person's to choose. */
  readonly fixed?: Readonly<Record<string, Json>>
  /** Optional fields that this side has no use for. */
  readonly omit?: readonly string[]
  /** What the form begins with, for the person to change. */
  readonly suggested?: Readonly<Record<string, Json>>
  readonly draftName: string
  readonly groups?: readonly FieldGroup[]
  readonly onDone: (recorded: Recorded) => void
  readonly onCancel?: () => void
}

export default function ActForm(props: ActFormProps) {
  const t = useTranslations('form')
  const { locale } = useLanguage()
  const [first] = useState((): ActDraft => ({ ...empty[locale]!, values: props.suggested ?? {} }))
  const [draft, keep, discard] = useDraft(props.draftName, first)
  const [faults, setFaults] = useState<readonly DraftFault[]>([])
  const [ready, setReady] = useState<ReadyAct | undefined>()

  return (
    <>
      <FormShell
        action={t('review')}
        note={t('reviewNote')}
        faults={useFaultLines(faults)}
        onSubmit={() => {
          const prepared = prepareAct(props.type, dropHidden(draft), props)
          setFaults(prepared.kind === 'faulty' ? prepared.faults : [])
          if (prepared.kind === 'ready') setReady(prepared.act)
        }}
        {...(props.onCancel === undefined ? {} : { onCancel: props.onCancel, cancel: t('leave') })}
      >
        <ActFields
          channel={props.channel}
          type={props.type}
          recipients={props.recipients}
          fixed={props.fixed}
          omit={props.omit}
          groups={props.groups}
          draft={draft}
          onChange={keep}
          faults={faults}
        />
      </FormShell>
      {ready === undefined ? null : (
        <ConfirmDialog
          channel={props.channel}
          act={ready}
          recipients={props.recipients}
          onClose={() => setReady(undefined)}
          onDone={(recorded) => {
            setReady(undefined)
            discard()
            props.onDone(recorded)
          }}
        />
      )}
    </>
  )
}
