// The fields of one act while it is being written: the coded ones by their shape, the texts, and what is still missing.

import { findAboveCeiling, findType } from '@parley/mechanism'
import type { DirectoryState } from '@parley/mechanism'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import type { FieldFault } from '../ui/error-summary.tsx'
import { Section } from '../ui/page.tsx'
import { wordingOf } from '../agreement/wording.ts'
import { formatShown } from '../ui/untrusted-text.ts'
import { declaring } from './act-draft.ts'
import type { ActDraft, DraftFault, Json } from './act-draft.ts'
import { AttachmentsFields } from './attachments-fields.tsx'
import { choicesByPack } from './choices-by-pack.ts'
import { Completeness } from './completeness.tsx'
import { AboveCeiling } from './content-notices.tsx'
import { guidelinesInForce } from './guidelines-in-force.ts'
import { ParticularsFields } from './particulars-fields.tsx'
import { fieldIdOf, ShapeFields } from './shape-fields.tsx'
import { TextsFields } from './texts-fields.tsx'
import { CaseWords } from './words.ts'
import styles from './act-form.module.css'

const haste = new Set(['urgencyGrounds', 'earlier'])
const particularTypes = new Set(['request.opened', 'request.supplemented', 'request.answered'])

export interface FieldGroup {
  readonly title: string
  readonly fields: readonly string[]
}

/** An ordinary request gives no ground for a haste that it does not have, and a new one names no earlier one. */
function listHidden({ values }: ActDraft): string[] {
  const ordinary = values['urgency'] === undefined || values['urgency'] === 'ordinary'
  const alone = values['relation'] === undefined || values['relation'] === 'new'
  return [...(ordinary ? ['urgencyGrounds'] : []), ...(alone ? ['earlier'] : [])]
}

/** The draft without what its form does not show. */
export function dropHidden(draft: ActDraft): ActDraft {
  const values = { ...draft.values }
  for (const name of listHidden(draft)) values[name] = undefined
  return { ...draft, values }
}

/** Faults as lines of a summary, each leading to its field. */
export function useFaultLines(faults: readonly DraftFault[]): FieldFault[] {
  const t = useTranslations('form')
  const codes = useCodes()
  return faults.map(({ pointer, code }) => ({
    field: fieldIdOf(pointer),
    message: t('fault', {
      field: pointer.startsWith('/')
        ? codes.field(pointer.split('/').at(-1)!)
        : t(pointer === 'translation' ? 'translation' : 'text'),
      reason: codes.reason(code),
    }),
  }))
}

export function ActFields(props: {
  readonly channel: string
  readonly type: string
  /** The parties that the act is for. */
  readonly recipients: readonly string[]
  /** Fields that are not the person's to choose. */
  readonly fixed: Readonly<Record<string, Json>> | undefined
  /** Fields that this side has no use for. */
  readonly omit?: readonly string[] | undefined
  /** The coded fields in groups with titles; one group without a title when undefined. */
  readonly groups: readonly FieldGroup[] | undefined
  readonly draft: ActDraft
  readonly onChange: (draft: ActDraft) => void
  readonly faults: readonly DraftFault[]
}) {
  const t = useTranslations('form')
  const codes = useCodes()
  const { locale } = useLanguage()
  const { draft, faults, onChange } = props
  const { data: agreement } = useQuery(view('viewAgreement', { params: { channel: props.channel } }))
  const guidelines = guidelinesInForce(agreement)
  const above = findAboveCeiling({ type: props.type, data: draft.values }, guidelines)
  const choices = choicesByPack(props.type, draft, guidelines)
  const isOfDirectory = props.type.startsWith('directory.')
  const { data: directory } = useQuery({
    ...view('viewDirectory', { params: { channel: props.channel } }),
    enabled: isOfDirectory,
  })
  const { data: about } = useQuery({
    ...view('viewChannel', { params: { channel: props.channel } }),
    enabled: isOfDirectory,
  })
  const offices = useMemo(() => {
    // A new office has no code to choose yet.
    if (directory === undefined || props.type === 'directory.designated') return undefined
    const { parties } = directory.state as unknown as DirectoryState
    return parties.find(({ party }) => party === about?.own)?.offices.map(({ office }) => office)
  }, [about, directory, props.type])
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
  const hidden = new Set([
    ...Object.keys(props.fixed ?? {}),
    ...(props.omit ?? []),
    ...listHidden(draft),
    // The page declares them from what is written.
    ...(declaring.has(props.type) ? ['particulars'] : []),
  ])

  const fields = (only: readonly string[] | undefined) => (
    <ShapeFields
      type={props.type}
      values={draft.values}
      onChange={(values) => onChange({ ...draft, values })}
      faults={messages}
      parties={props.recipients}
      commitments={commitments}
      offices={offices}
      hidden={hidden}
      needed={haste}
      choices={choices}
      {...(only === undefined ? {} : { only })}
    />
  )
  // Where nothing is chosen yet nothing is above anything.
  const ceiling =
    draft.values['handling'] === undefined || above === undefined ? null : (
      <CaseWords>
        <AboveCeiling ceiling={above.ceiling} />
      </CaseWords>
    )
  const texts = (
    <>
      <TextsFields
        required={body === 'required'}
        titled={props.type === 'request.opened'}
        draft={draft}
        onChange={onChange}
        faults={messages}
      />
      {props.type === 'request.opened' ? <Completeness draft={draft} guided={guidelines} onChange={onChange} /> : null}
      {particularTypes.has(props.type) ? <ParticularsFields draft={draft} onChange={onChange} /> : null}
      {props.type.startsWith('request.') ? (
        <CaseWords>
          <AttachmentsFields channel={props.channel} draft={draft} onChange={onChange} />
        </CaseWords>
      ) : null}
    </>
  )

  return props.groups === undefined ? (
    <>
      {explanation === undefined ? null : <p className={styles.explanation}>{explanation}</p>}
      {fields(undefined)}
      {ceiling}
      {body === 'none' ? null : texts}
    </>
  ) : (
    <>
      {props.groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <div className={styles.group}>{fields(group.fields)}</div>
        </Section>
      ))}
      {ceiling}
      {body === 'none' ? null : (
        <Section title={t('texts')}>
          <div className={styles.group}>{texts}</div>
        </Section>
      )}
    </>
  )
}
