// What our side may do next, and why not the rest. Choosing an act opens its form; nothing is recorded before the
// confirmation has shown exactly what will be.

import type { May } from '@parley/api'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { Json } from './act-draft.ts'
import styles from './composer.module.css'

/** Acts of the other half: that they are not ours needs no saying each time. */
const otherHalf = new Set([
  'request.not-requesting-party',
  'request.not-requested-party',
  'hotline.not-raising-party',
  'hotline.not-called-party',
])
/** The acts that end or refuse something stand last. */
const weighty = new Set([
  'request.refused',
  'request.postponed',
  'request.released',
  'request.withdrawn',
  'request.closed',
  'agreement.withdrawn',
  'hotline.declined',
  'hotline.closed',
  'directory.ended',
  'directory.vacated',
  'body.erased',
  'evidence.erased',
])
/** Acts that are about one entry are begun at that entry. */
const aboutEntry = new Set(['entry.opened', 'body.erased'])

export function Composer(props: {
  readonly channel: string
  /** Absent for the acts of a standing subject. */
  readonly subject?: string
  readonly may: readonly May[]
  /** Fields that are not the person's to choose, by the type of the act. */
  readonly fixed?: Readonly<Record<string, Readonly<Record<string, Json>>>>
  /** Optional fields that our side has no use for, by the type of the act. */
  readonly omit?: Readonly<Record<string, readonly string[]>>
  /** What the form of an act begins with, by its type. */
  readonly suggested?: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly recipients: readonly string[]
  readonly exercise: boolean
  readonly chosen: string | undefined
  readonly onChoose: (type: string | undefined) => void
}) {
  const t = useTranslations('composer')
  const codes = useCodes()
  const ours = props.may.filter(
    ({ type, reason }) => !aboutEntry.has(type) && (reason === undefined || !otherHalf.has(reason)),
  )
  const allowed = ours
    .filter((may) => may.allowed)
    .sort((a, b) => Number(weighty.has(a.type)) - Number(weighty.has(b.type)))
  const refused = ours.filter((may) => !may.allowed)
  const close = () => props.onChoose(undefined)
  const chosen = ours.find((may) => may.type === props.chosen)

  return (
    <section className={styles.composer} aria-label={t('title')} data-screen-only="">
      <h2>{t('title')}</h2>
      {allowed.length === 0 ? <p className={styles.quiet}>{t('nothing')}</p> : null}
      <ul className={styles.deeds}>
        {allowed.map(({ type }, place) => (
          <li key={type}>
            <Button look={place === 0 && !weighty.has(type) ? 'main' : 'plain'} onPress={() => props.onChoose(type)}>
              {codes.deed(type)}
            </Button>
          </li>
        ))}
      </ul>
      {refused.length === 0 ? null : (
        <details className={styles.refused}>
          <summary>{t('notNow', { count: refused.length })}</summary>
          <dl>
            {refused.map(({ type, reason }) => (
              <div key={type} className={styles.refusal}>
                <dt>{codes.deed(type)}</dt>
                <dd>{reason === undefined ? t('noReason') : codes.reason(reason)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {chosen?.allowed === true ? (
        <ActDialog
          channel={props.channel}
          type={chosen.type}
          {...(props.subject === undefined ? {} : { subject: props.subject })}
          {...(props.fixed?.[chosen.type] === undefined ? {} : { fixed: props.fixed[chosen.type]! })}
          {...(props.omit?.[chosen.type] === undefined ? {} : { omit: props.omit[chosen.type]! })}
          {...(props.suggested?.[chosen.type] === undefined ? {} : { suggested: props.suggested[chosen.type]! })}
          exercise={props.exercise}
          recipients={props.recipients}
          onClose={close}
        />
      ) : null}
      <Dialog
        open={chosen?.allowed === false}
        onClose={close}
        title={chosen === undefined ? '' : codes.deed(chosen.type)}
        wide
        dismissable={false}
      >
        <p>{chosen?.reason === undefined ? t('noReason') : codes.reason(chosen.reason)}</p>
        <Button onPress={close}>{t('back')}</Button>
      </Dialog>
    </section>
  )
}
