// What each party says of its own copy, one line a party: how it stands, what for, on what ground it was erased.

import type { EvidenceState } from '@parley/mechanism'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { PartyName } from '../ui/party-name.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { CustodyStatus } from './item-marks.tsx'
import styles from './evidence.module.css'

type Custody = EvidenceState['custody'][number]

export function CustodyTable({ custody }: { readonly custody: EvidenceState['custody'] }) {
  const t = useTranslations('evidence')
  return (
    <table className={styles.custody}>
      <caption className="visually-hidden">{t('custodyText')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('party')}</th>
          <th scope="col">{t('standing')}</th>
          <th scope="col">{t('whatFor')}</th>
        </tr>
      </thead>
      <tbody>
        {custody.map((one) => (
          <tr key={one.party}>
            <th scope="row">
              <PartyName party={one.party} whole />
            </th>
            <td>
              <CustodyStatus status={one.status} />
            </td>
            <td>
              <Purposes custody={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Purposes({ custody: { copies, erased, opened } }: { readonly custody: Custody }) {
  const t = useTranslations('evidence')
  const codes = useCodes()
  const purposes = [...new Set([...(opened === undefined ? [] : [opened]), ...copies].map(({ purpose }) => purpose))]
  const lines = [
    ...(purposes.length === 0 ? [] : [codes.words('custodyPurpose', purposes)]),
    ...(copies.length === 0 ? [] : [t('copies', { count: copies.length })]),
    ...(erased === undefined ? [] : [t('ground', { ground: codes.inline('erasureGround', [erased.ground]) })]),
  ]
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {erased?.rule === undefined ? null : <Untrusted>{erased.rule}</Untrusted>}
    </>
  )
}
