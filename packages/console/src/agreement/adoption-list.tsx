// Who has adopted which digest, one line a party; a party that has not is a line too.

import type { Adoption } from '@parley/api'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { Badge } from '../ui/badge.tsx'
import { Digest } from '../ui/digest.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { StandingMark } from '../ui/standing-mark.tsx'
import styles from './agreement.module.css'

export function AdoptionList(props: {
  readonly adoptions: readonly Adoption[]
  readonly parties: readonly string[]
  /** Of the pack that is shown. */
  readonly digest: string
  readonly channel: string
}) {
  const t = useTranslations('agreement')
  return (
    <ul className={styles.adoptions}>
      {props.parties.map((party) => {
        const adoption = props.adoptions.find((item) => item.party === party)
        return (
          <li key={party} className={styles.adoption}>
            <PartyName party={party} whole />
            {adoption === undefined ? (
              <Badge shape="ring" tone="faint">
                {t('notAdopted')}
              </Badge>
            ) : (
              <>
                <span className={styles.what}>
                  {adoption.withdrawn ? (
                    <Badge shape="dash" tone="faint">
                      {t('withdrawn')}
                    </Badge>
                  ) : adoption.pack === props.digest ? (
                    <Badge shape="disc" tone="accent">
                      {t('adoptedThis')}
                    </Badge>
                  ) : (
                    <Badge shape="frame" tone="due">
                      {t('adoptedOther')}
                    </Badge>
                  )}
                  <Digest value={adoption.pack} name={t('packDigest')} />
                </span>
                <Moment at={adoption.at} />
                <span className={styles.proof}>
                  <StandingMark standing={adoption.standing.level} />
                  <Link {...paths.entry(props.channel, adoption.entry.log, adoption.entry.position)}>{t('proof')}</Link>
                </span>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
