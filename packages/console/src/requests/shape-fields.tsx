// The fields of an act's data as a form, by the shape that the mechanism gives to its type.

import { findType } from '@parley/mechanism'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import type { Json } from './act-draft.ts'
import { OneOf, SomeOf } from '../ui/choice.tsx'
import type { Choice } from '../ui/choice.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { nameLanguage } from './language-head.tsx'
import { MinuteField } from './minute-field.tsx'
import { MomentField } from './moment-field.tsx'
import { OffsetsField } from './offsets-field.tsx'
import { listFields, openChoicesMax } from './shape-kinds.ts'
import type { FieldSpec } from './shape-kinds.ts'
import { ShapeRows } from './shape-rows.tsx'
import { nameWeekday, weekdays } from './weekdays.ts'
import type { Offset } from './zone-offsets.ts'
import styles from './shape-fields.module.css'

export type Values = Readonly<Record<string, Json | undefined>>

export interface ShapeFieldsProps {
  readonly type: string
  readonly values: Values
  readonly onChange: (values: Values) => void
  /** What is wrong, by the JSON pointer of the field. */
  readonly faults: ReadonlyMap<string, string>
  /** Parties that may be addressed. */
  readonly parties: readonly string[]
  readonly commitments: readonly Choice[]
  /** The offices that fields of offices choose from; absent where a code is written. */
  readonly offices?: readonly string[] | undefined
  /** Fields of this act that are shown, in this order; all of them when absent. */
  readonly only?: readonly string[]
  readonly hidden?: ReadonlySet<string>
  /** Fields that this draft cannot do without, though the shape can. */
  readonly needed?: ReadonlySet<string>
  /** By the name of a field the codes that may be chosen, in their order; all of its list when absent. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
}

const answerLanguages = ['en', 'zh-Hans']
const none = ''
const officeNames: ReadonlySet<string> = new Set(['office', 'standIn', 'parent'])

function setDays(onValue: (value: Json | undefined) => void, list: readonly string[]): void {
  const days = weekdays.filter((day) => list.includes(String(day)))
  onValue(days.length === 0 ? undefined : days)
}

export function ShapeFields(props: ShapeFieldsProps) {
  const shape = findType(props.type)?.shape
  const all = shape === undefined ? [] : listFields(shape)
  const fields =
    props.only === undefined ? all : props.only.flatMap((name) => all.filter((field) => field.name === name))
  return fields
    .filter(({ name }) => props.hidden?.has(name) !== true)
    .map((field) => (
      <ShapeField
        key={field.name}
        {...props}
        field={field}
        pointer={`/${field.name}`}
        value={props.values[field.name]}
        onValue={(value) => props.onChange({ ...props.values, [field.name]: value })}
      />
    ))
}

interface FieldProps extends ShapeFieldsProps {
  readonly field: FieldSpec
  readonly pointer: string
  readonly value: Json | undefined
  readonly onValue: (value: Json | undefined) => void
}

/** The id of the field at a JSON pointer, for links from the summary of faults. */
export function fieldIdOf(pointer: string): string {
  return `field${pointer.replaceAll('/', '-')}`
}

function ShapeField(props: FieldProps) {
  const { field, value, onValue, pointer } = props
  const t = useTranslations('form')
  const codes = useCodes()
  const format = useFormatter()
  const label =
    field.required || props.needed?.has(field.name) === true
      ? codes.field(field.name)
      : t('optional', { field: codes.field(field.name) })
  const hint = codes.hint(field.name)
  const common = {
    id: fieldIdOf(pointer),
    label,
    error: props.faults.get(pointer),
    ...(hint === undefined ? {} : { hint }),
  }
  const chosen = typeof value === 'string' ? value : undefined
  const several = Array.isArray(value) ? value.map(String) : []
  const setSeveral = (list: readonly string[]) => onValue(list.length === 0 ? undefined : [...list])

  const { control } = field
  switch (control.kind) {
    case 'one': {
      const options = (props.choices?.[field.name] ?? control.values).map((id) => ({
        id,
        label: codes.word(control.list, id),
      }))
      if (options.length <= openChoicesMax) {
        const free = field.required ? [] : [{ id: none, label: t('notStated') }]
        return (
          <OneOf
            {...common}
            choices={[...options, ...free]}
            value={chosen ?? (field.required ? undefined : none)}
            onChange={(id) => onValue(id === none ? undefined : id)}
          />
        )
      }
      return (
        <Select
          {...common}
          value={chosen ?? none}
          options={[{ id: none, label: t('choose') }, ...options]}
          onChange={(id) => onValue(id === none ? undefined : id)}
        />
      )
    }
    case 'some':
      return (
        <div className={control.values.length > openChoicesMax ? styles.many : undefined}>
          <SomeOf
            {...common}
            choices={control.values.map((id) => ({ id, label: codes.word(control.list, id) }))}
            value={several}
            onChange={(list) => setSeveral(control.values.filter((id) => list.includes(id)))}
          />
        </div>
      )
    case 'languages':
      return (
        <SomeOf
          {...common}
          choices={answerLanguages.map((id) => ({ id, label: <span lang={id}>{nameLanguage(id)}</span> }))}
          value={several}
          onChange={setSeveral}
        />
      )
    case 'commitments':
      return props.commitments.length === 0 ? null : (
        <div className={styles.many}>
          <SomeOf {...common} choices={props.commitments} value={several} onChange={setSeveral} />
        </div>
      )
    case 'party':
      return (
        <OneOf
          {...common}
          choices={props.parties.map((id) => ({ id, label: <PartyName party={id} whole /> }))}
          value={chosen}
          onChange={onValue}
        />
      )
    case 'parties':
      return (
        <SomeOf
          {...common}
          choices={props.parties.map((id) => ({ id, label: <PartyName party={id} whole /> }))}
          value={several}
          onChange={setSeveral}
        />
      )
    case 'moment':
      return <MomentField {...common} value={typeof value === 'number' ? value : undefined} onChange={onValue} />
    case 'scale':
      return (
        <div className={styles.scale}>
          <OneOf
            {...common}
            choices={Array.from({ length: control.max - control.min + 1 }, (_, step) => ({
              id: String(control.min + step),
              label: String(control.min + step),
            }))}
            value={typeof value === 'number' ? String(value) : undefined}
            onChange={(id) => onValue(Number(id))}
          />
        </div>
      )
    case 'token':
      if (props.offices !== undefined && officeNames.has(field.name)) {
        const offices = props.offices.map((id) => ({ id, label: formatShown(id) }))
        return (
          <Select
            {...common}
            value={chosen ?? none}
            options={[{ id: none, label: t(field.required ? 'choose' : 'notStated') }, ...offices]}
            onChange={(id) => onValue(id === none ? undefined : id)}
          />
        )
      }
      return (
        <TextField
          {...common}
          value={chosen ?? ''}
          lengthMax={control.lengthMax}
          spellCheck={false}
          onChange={(text) => onValue(text === '' ? undefined : text)}
        />
      )
    case 'boolean':
      return (
        <SomeOf
          {...common}
          choices={[{ id: 'yes', label: t('yes') }]}
          value={value === true ? ['yes'] : []}
          onChange={(list) => onValue(list.length > 0)}
        />
      )
    case 'group': {
      const inner: Values = typeof value === 'object' && !Array.isArray(value) ? value : {}
      return (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{label}</legend>
          {control.fields.map((part) => (
            <ShapeField
              key={part.name}
              {...props}
              field={part}
              pointer={`${pointer}/${part.name}`}
              value={inner[part.name]}
              onValue={(next) => onValue({ ...inner, [part.name]: next } as Json)}
            />
          ))}
        </fieldset>
      )
    }
    case 'rows':
      return (
        <ShapeRows
          id={common.id}
          label={label}
          error={common.error}
          max={control.max}
          rows={Array.isArray(value) ? (value as readonly Values[]) : []}
          onRows={(rows) => onValue(rows.length === 0 && !field.required ? undefined : (rows as Json))}
          fieldsOf={(row, at, onRow) =>
            control.fields.map((part) => (
              <ShapeField
                key={part.name}
                {...props}
                field={part}
                pointer={`${pointer}/${at}/${part.name}`}
                value={row[part.name]}
                onValue={(next) => onRow({ ...row, [part.name]: next })}
              />
            ))
          }
        />
      )
    case 'minute':
      return (
        <MinuteField
          id={common.id}
          label={label}
          error={common.error}
          isEnd={control.isEnd}
          value={typeof value === 'number' ? value : undefined}
          onChange={onValue}
        />
      )
    case 'weekdays':
      return (
        <div className={styles.scale}>
          <SomeOf
            {...common}
            choices={weekdays.map((day) => ({ id: String(day), label: nameWeekday(format, day) }))}
            value={several}
            onChange={(list) => setDays(onValue, list)}
          />
        </div>
      )
    case 'offsets':
      return (
        <OffsetsField
          {...common}
          zone={props.values['timeZone']}
          value={Array.isArray(value) ? (value as unknown as readonly Offset[]) : undefined}
          onChange={(list) => onValue(list as Json | undefined)}
        />
      )
    case 'none':
      return null
  }
}
