// The ways to the pages, in the side on wide screens and in the menu on narrow ones.

import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { localeNames, locales } from '../i18n/locale.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { managesPeople, readsCases } from '../session/roles.ts'
import { keepScheme, readScheme, schemes } from '../session/scheme.ts'
import type { Scheme } from '../session/scheme.ts'
import { useSignOut } from '../session/sign-out.ts'
import { Button } from '../ui/button.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Link } from '../ui/link.tsx'
import { usePartyName } from '../ui/agreement-names.ts'
import { Select } from '../ui/select.tsx'
import { paths } from './paths.ts'
import styles from './navigation.module.css'

export function Navigation(props: {
  readonly channel: string | undefined
  readonly onPalette: () => void
  readonly onKeys: () => void
}) {
  const t = useTranslations('shell')
  const { data: channels } = useSuspenseQuery(view('listChannels'))
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const current = channels.items.find(({ id }) => id === props.channel)
  const navigate = useNavigate()
  const name = usePartyName()
  const format = useFormatter()
  const formatParties = (parties: readonly string[], own: string) =>
    format.list(parties.filter((party) => party !== own).map(name))
  const active = { className: styles.current! }

  return (
    <>
      <nav aria-label={t('navigation')} className={styles.navigation}>
        {current === undefined ? null : (
          <ul>
            <li>
              <Link
                {...paths.inbox()}
                className={styles.link}
                activeProps={active}
                activeOptions={{ includeSearch: false }}
              >
                {t('inbox')}
              </Link>
            </li>
          </ul>
        )}
        {channels.items.length > 1 && current !== undefined ? (
          <Select
            label={t('channel')}
            value={current.id}
            options={channels.items.map((row) => ({ id: row.id, label: formatParties(row.parties, row.own) }))}
            onChange={(id) => void navigate(paths.requests(id))}
          />
        ) : null}
        {current === undefined ? null : (
          <div className={styles.group}>
            <h2 className={styles.head}>{t('with', { parties: formatParties(current.parties, current.own) })}</h2>
            <ul>
              {readsCases(session.grants) ? (
                <li>
                  <Link
                    {...paths.requests(current.id)}
                    className={styles.link}
                    activeProps={active}
                    activeOptions={{ includeSearch: false }}
                  >
                    <span>{t('requests')}</span>
                    <span className={styles.count}>
                      {current.outstanding.incoming > 0 ? t('waiting', { count: current.outstanding.incoming }) : ''}
                    </span>
                  </Link>
                </li>
              ) : null}
              {readsCases(session.grants) ? (
                <li>
                  <Link {...paths.evidence(current.id)} className={styles.link} activeProps={active}>
                    {t('evidence')}
                  </Link>
                </li>
              ) : null}
              <li>
                <Link {...paths.drafts(current.id)} className={styles.link} activeProps={active}>
                  {t('drafts')}
                </Link>
              </li>
              <li>
                <Link {...paths.releases(current.id)} className={styles.link} activeProps={active}>
                  {t('releases')}
                </Link>
              </li>
              {readsCases(session.grants) ? (
                <li>
                  <Link {...paths.hotline(current.id)} className={styles.link} activeProps={active}>
                    {t('hotline')}
                  </Link>
                </li>
              ) : null}
              <li>
                <Link {...paths.directory(current.id)} className={styles.link} activeProps={active}>
                  {t('directory')}
                </Link>
              </li>
              <li>
                <Link {...paths.agreement(current.id)} className={styles.link} activeProps={active}>
                  {t('agreement')}
                </Link>
              </li>
              <li>
                <Link {...paths.record(current.id)} className={styles.link} activeProps={active}>
                  {t('record')}
                </Link>
              </li>
            </ul>
          </div>
        )}
        <div className={styles.group}>
          <h2 className={styles.head}>{t('node')}</h2>
          <ul>
            <li>
              <Link {...paths.notices()} className={styles.link} activeProps={active}>
                {t('notices')}
              </Link>
            </li>
            <li>
              <Link {...paths.links()} className={styles.link} activeProps={active}>
                {t('links')}
              </Link>
            </li>
            {managesPeople(session.grants) ? (
              <li>
                <Link {...paths.people()} className={styles.link} activeProps={active}>
                  {t('people')}
                </Link>
              </li>
            ) : null}
            <li>
              <Link {...paths.account()} className={styles.link} activeProps={active}>
                {t('account')}
              </Link>
            </li>
          </ul>
        </div>
      </nav>
      <Preferences onPalette={props.onPalette} onKeys={props.onKeys} />
    </>
  )
}

function Preferences(props: { readonly onPalette: () => void; readonly onKeys: () => void }) {
  const t = useTranslations('shell')
  const { locale, choose } = useLanguage()
  const [scheme, setScheme] = useState<Scheme>(readScheme)
  const signOut = useSignOut()

  return (
    <div className={styles.preferences}>
      <Button look="quiet" onPress={props.onPalette}>
        {t('palette')} <KeyHint keys="mod+k" />
      </Button>
      <Button look="quiet" onPress={props.onKeys}>
        {t('keys')} <KeyHint keys="?" />
      </Button>
      {locales
        .filter((other) => other !== locale)
        .map((other) => (
          <Button key={other} look="quiet" onPress={() => choose(other)}>
            <span lang={other}>{localeNames[other]}</span>
          </Button>
        ))}
      <Button
        look="quiet"
        onPress={() => {
          const next = schemes[(schemes.indexOf(scheme) + 1) % schemes.length]!
          keepScheme(next)
          setScheme(next)
        }}
      >
        {t(`scheme_${scheme}`)}
      </Button>
      <Button look="quiet" onPress={signOut}>
        {t('signOut')}
      </Button>
    </div>
  )
}
