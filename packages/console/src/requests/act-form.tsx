// The form of one act: its coded fields by their shape, its texts, and the step to the confirmation.

import { findType } from '@parley/mechanism'
import type { Recorded } from '@parley/api'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { useDraft } from '../data/drafts.ts'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Section } from '../ui/page.tsx'
import { wordingOf } from '../agreement/wording.ts'
import { formatShown } from '../ui/untrusted-text.ts'
import { declaring, emptyDraft, prepareAct } from './act-draft.ts'
import type { ActDraft, DraftFault, Json, ReadyAct } from './act-draft.ts'
import { Completeness } from './completeness.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ParticularsFields } from './particulars-fields.tsx'
import { fieldIdOf, ShapeFields } from './shape-fields.tsx'
import { TextsFields } from './texts-fields.tsx'
import styles from './act-form.module.css'

const empty: Record<string, ActDraft> = { en: emptyDraft('en'), 'zh-Hans': emptyDraft('zh-Hans') }
const haste = new Set(['urgencyGrounds', 'earlier'])
const particularTypes = new Set(['request.opened', 'request.supplemented', 'request.answered'])

export interface FieldGroup {
  readonly title: string
  readonly fields: readonly string[]
}

export interface ActFormProps {
  readonly channel: string
  readonly type: string
  readonly subject?: string
  readonly exercise: boolean
  /** The parties that the act is for. */
  readonly recipients: readonly string[]
  /** Fields that are not the person's to choose. */
  readonly fixed?: Readonly<Record<string, Json>>
  /** What the form begins with, for the person to change. */
  readonly suggested?: Readonly<Record<string, Json>>
  readonly draftName: string
  /** The coded fields in groups with titles; one group without a title when absent. */
  readonly groups?: readonly FieldGroup[]
  readonly onDone: (recorded: Recorded) => void
  readonly onCancel?: () => void
}

export default function ActForm(props: ActFormProps) {
  const t = useTranslations('form')
  const codes = useCodes()
  const { locale } = useLanguage()
  const [first] = useState((): ActDraft => ({ ...empty[locale]!, values: props.suggested ?? {} }))
  const [draft, keep, discard] = useDraft(props.draftName, first)
  const [faults, setFaults] = useState<readonly DraftFault[]>([])
  const [ready, setReady] = useState<ReadyAct | undefined>()
  const { data: agreement } = useQuery(view('viewAgreement', { params: { channel: props.channel } }))
  const body = findType(props.type)?.body ?? 'none'
  const explanation = codes.explanation(props.type)

  const commitments = useMemo(
    () =>
      (agreement?.pack.commitments ?? []).map((commitment) => ({
        id: commitment.id,
        label: formatShown(wordingOf(commitment.names, locale) ?? commitment.id),
      })),
    [agreement, locale],
  )
  const messages = useMemo(
    () => new Map(faults.map(({ pointer, code }) => [pointer, codes.reason(code)])),
    [faults, codes],
  )
  // An ordinary request gives no ground for a haste that it does not have.
  const ordinary = draft.values['urgency'] === undefined || draft.values['urgency'] === 'ordinary'
  const alone = draft.values['relation'] === undefined || draft.values['relation'] === 'new'
  const hidden = new Set([
    ...Object.keys(props.fixed ?? {}),
    ...(ordinary ? ['urgencyGrounds'] : []),
    ...(alone ? ['earlier'] : []),
    // The page declares them from what is written.
    ...(declaring.has(props.type) ? ['particulars'] : []),
  ])

  const fields = (only: readonly string[] | undefined) => (
    <ShapeFields
      type={props.type}
      values={draft.values}
      onChange={(values) => keep({ ...draft, values })}
      faults={messages}
      parties={props.recipients}
      commitments={commitments}
      hidden={hidden}
      needed={haste}
      {...(only === undefined ? {} : { only })}
    />
  )
  const texts = (
    <>
      <TextsFields
        required={body === 'required'}
        titled={props.type === 'request.opened'}
        draft={draft}
        onChange={keep}
        faults={messages}
      />
      {props.type === 'request.opened' ? <Completeness draft={draft} onChange={keep} /> : null}
      {particularTypes.has(props.type) ? <ParticularsFields draft={draft} onChange={keep} /> : null}
    </>
  )

  return (
    <>
      <FormShell
        action={t('review')}
        note={t('reviewNote')}
        faults={faults.map(({ pointer, code }) => ({
          field: fieldIdOf(pointer),
          message: t('fault', {
            field: pointer.startsWith('/')
              ? codes.field(pointer.split('/').at(-1)!)
              : t(pointer === 'translation' ? 'translation' : 'text'),
            reason: codes.reason(code),
          }),
        }))}
        onSubmit={() => {
          const values = {
            ...draft.values,
            ...(ordinary ? { urgencyGrounds: undefined } : {}),
            ...(alone ? { earlier: undefined } : {}),
          }
          const prepared = prepareAct(props.type, { ...draft, values }, props)
          setFaults(prepared.kind === 'faulty' ? prepared.faults : [])
          if (prepared.kind === 'ready') setReady(prepared.act)
        }}
        {...(props.onCancel === undefined ? {} : { onCancel: props.onCancel, cancel: t('leave') })}
      >
        {props.groups === undefined ? (
          <>
            {explanation === undefined ? null : <p className={styles.explanation}>{explanation}</p>}
            {fields(undefined)}
            {body === 'none' ? null : texts}
          </>
        ) : (
          <>
            {props.groups.map((group) => (
              <Section key={group.title} title={group.title}>
                <div className={styles.group}>{fields(group.fields)}</div>
              </Section>
            ))}
            {body === 'none' ? null : (
              <Section title={t('texts')}>
                <div className={styles.group}>{texts}</div>
              </Section>
            )}
          </>
        )}
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
