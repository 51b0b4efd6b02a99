// The coded fields of an act in words, by the shape that the mechanism gives to its type.

import type { ActView } from '@parley/api'
import { carriedReceipt, findType, receiptField } from '@parley/mechanism'
import type { Shape } from '@parley/mechanism'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import type { Codes } from '../i18n/codes.ts'
import { useCommitmentName } from '../ui/agreement-names.ts'
import { Digest } from '../ui/digest.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { isMoment } from './shape-kinds.ts'
import { nameLanguage } from './language-head.tsx'
import styles from './data-facts.module.css'

interface Shown {
  readonly codes: Codes
  readonly comma: string
  readonly number: (value: number) => string
  readonly yes: string
  readonly no: string
}

/** Each field as a name and a value on one line; nothing when there are no fields. */
export function DataFacts(props: { readonly data: ActView['data']; readonly type: string }) {
  const t = useTranslations('act')
  const format = useFormatter()
  const codes = useCodes()
  const shape = findType(props.type)?.shape
  const fields = shape?.kind === 'object' ? { ...shape.required, ...shape.optional } : {}
  const commitment = useCommitmentName()
  // In the order of the shape, which is made for readers; the entry itself has its names in alphabetical order.
  const order = Object.keys(fields)
  const entries = Object.entries(props.data).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  if (entries.length === 0) return null
  const shown: Shown = { codes, comma: t('comma'), number: format.number, yes: t('yes'), no: t('no') }
  return (
    <dl className={styles.facts}>
      {entries.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{codes.field(name)}</dt>
          <dd>
            {name === receiptField ? (
              <ReceiptFact type={props.type} data={props.data} />
            ) : name === 'cites' ? (
              <Untrusted>
                {[value]
                  .flat()
                  .map((id) => (typeof id === 'string' ? commitment(id) : ''))
                  .join(t('semicolon'))}
              </Untrusted>
            ) : (
              showValue(value, fields[name], shown)
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** By when the other side certainly held what it was asked: its own word, under its own key. */
function ReceiptFact(props: { readonly type: string; readonly data: ActView['data'] }) {
  const t = useTranslations('act')
  const receipt = carriedReceipt(props.type, props.data)
  if (receipt === undefined) return t('receiptMalformed')
  return t.rich('receivedBy', {
    party: () => <PartyName party={receipt.party} />,
    moment: () => <Moment at={receipt.time * 1000} />,
  })
}

function showValue(value: unknown, node: Shape<unknown> | undefined, shown: Shown): ReactNode {
  if (Array.isArray(value)) {
    const item = node?.kind === 'list' ? node.item : undefined
    return value.map((one, place) => (
      // oxlint-disable-next-line react/no-array-index-key -- a recorded list does not change
      <span key={place}>
        {place === 0 ? '' : shown.comma}
        {showValue(one, item, shown)}
      </span>
    ))
  }
  if (typeof value === 'object' && value !== null) {
    const fields = node?.kind === 'object' ? { ...node.required, ...node.optional } : {}
    return (
      <span className={styles.nested}>
        {Object.entries(value).map(([name, one]) => (
          <span key={name}>
            {shown.codes.field(name)} {showValue(one, fields[name], shown)}
          </span>
        ))}
      </span>
    )
  }
  if (typeof value === 'boolean') return value ? shown.yes : shown.no
  if (typeof value === 'number')
    return node !== undefined && isMoment(node) ? <Moment at={value} /> : shown.number(value)
  const text = String(value)
  if (node?.kind === 'codes') return shown.codes.word(node.list, text)
  if (node?.kind === 'digest') return <Digest value={text} name={text.slice(0, 8)} />
  if (node?.kind === 'party') return <PartyName party={text} />
  if (node?.kind === 'language') return <span lang={text}>{nameLanguage(text)}</span>
  return <Untrusted>{text}</Untrusted>
}
