// One act as a line of the register: what, who, approved by, standing, proof; under it what it says.

import type { ActView } from '@parley/api'
import { findType } from '@parley/mechanism'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import type { Half } from '../drawing/timeline-layout.ts'
import { useCodes } from '../i18n/codes.ts'
import { Badge } from '../ui/badge.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { StandingMark } from '../ui/standing-mark.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { ActBody } from './act-body.tsx'
import { DataFacts } from './data-facts.tsx'
import { ReceiptButton } from './receipt-button.tsx'
import styles from './act-line.module.css'

const rolesShownMax = 2

export function ActLine(props: {
  readonly act: ActView
  readonly number: number
  readonly half: Half
  readonly channel: string
  /** The matter that a receipt for this act's text is recorded in; absent where none is owed. */
  readonly receipt?: string | undefined
  /** Under what limits its text was given, where that is known. */
  readonly limits?: ReactNode
}) {
  const t = useTranslations('act')
  const codes = useCodes()
  const { act } = props
  // Somebody who holds many roles is named by those that the type of the act asks for.
  const asked: readonly string[] = findType(act.type)?.demand.roles ?? []
  const nameRoles = (roles: readonly string[]) => {
    const fitting = roles.filter((role) => asked.includes(role))
    const named = fitting.length > 0 ? fitting : roles
    const rest = named.length - rolesShownMax
    const shown = codes.inline('role', named.slice(0, rolesShownMax))
    return rest > 0 ? t('moreRoles', { roles: shown, count: rest }) : shown
  }
  return (
    <li id={`act-${act.entry.digest}`} tabIndex={-1} className={styles.act}>
      <span className={`${styles.number} ${props.half === 'asking' ? styles.asking : styles.asked}`} aria-hidden="true">
        {props.number}
      </span>
      <div className={styles.content}>
        <div className={styles.head}>
          <h3 className={styles.title}>{codes.act(act.type)}</h3>
          <span className={styles.marks}>
            <StandingMark standing={act.standing.level} />
            <Link {...paths.entry(props.channel, act.entry.log, act.entry.position)} data-screen-only="">
              {t('proof')}
            </Link>
          </span>
        </div>
        <p className={styles.line}>
          <PartyName party={act.party} />
          <Moment at={act.at} />
          <span>
            {act.approvals.length === 0
              ? t('approvedByNobody')
              : t('approvedBy', {
                  roles: act.approvals.map(({ roles }) => nameRoles(roles)).join(t('semicolon')),
                })}
          </span>
        </p>
        {act.verdict === 'valid' ? null : <VerdictMark verdict={act.verdict} code={act.code} />}
        <DataFacts data={act.data} type={act.type} />
        {act.aboveCeiling === undefined ? null : (
          <p>
            <Badge shape="triangle" tone="alarm">
              {codes.reason('handling.above-ceiling')}
            </Badge>{' '}
            {codes.word('handling', act.aboveCeiling)}
          </p>
        )}
        {props.limits}
        <ActBody act={act} channel={props.channel} />
        {props.receipt === undefined ? null : (
          <ReceiptButton act={act} subject={props.receipt} channel={props.channel} />
        )}
        <p className={styles.state} data-print-only="">
          <Digest value={act.entry.digest} name={t('proof')} />
        </p>
      </div>
    </li>
  )
}
