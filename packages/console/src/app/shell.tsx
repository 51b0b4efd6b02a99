// The frame of the application: whose node this is, the ways to its pages, the keys, and what changes elsewhere.

import type { NodeView, Wordings } from '@parley/api'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { wordingOf } from '../agreement/wording.ts'
import { followEvents } from '../data/events.ts'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { AgreementNames } from '../ui/agreement-names.ts'
import type { AgreementNamesValue } from '../ui/agreement-names.ts'
import { PartyName } from '../ui/party-name.tsx'
import { useShortcut, useShortcutListener } from '../ui/shortcuts.tsx'
import { Navigation } from './navigation.tsx'
import { useCommands } from './commands.tsx'
import { useCodes } from '../i18n/codes.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { consumeLinkToken } from '../session/link-token.ts'
import { managesPeople, readsCases } from '../session/roles.ts'
import { useIsSigningOut } from '../session/sign-out.ts'
import { paths } from './paths.ts'
import styles from './shell.module.css'

const KeysDialog = lazy(() => import('./keys-dialog.tsx'))
const RingingCalls = lazy(() => import('../hotline/ringing-calls.tsx'))
const SilentParties = lazy(() => import('../link-health/silent-parties.tsx'))
const CommandPalette = lazy(() => import('../ui/command-palette.tsx'))

type Open = 'nothing' | 'palette' | 'keys' | 'menu'

export function Shell() {
  const t = useTranslations('shell')
  const codes = useCodes()
  const router = useRouter()
  const navigate = useNavigate()
  const { data: node } = useSuspenseQuery(view('viewNode'))
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const channel = useChannel()
  const [open, setOpen] = useState<Open>('nothing')
  const close = useCallback(() => setOpen('nothing'), [])
  const commands = useCommands(channel)
  const names = useAgreementNames(channel)
  const isLeaving = useIsSigningOut()
  const isInsider = readsCases(session.grants) || managesPeople(session.grants)

  useEffect(() => {
    // Somebody is signed in: a token that a link brings is of no use, and must not sign them in again later.
    const forget = () => void consumeLinkToken()
    forget()
    window.addEventListener('hashchange', forget)
    return () => window.removeEventListener('hashchange', forget)
  }, [])

  useShortcutListener()
  useShortcut(
    'mod+k',
    t('palette'),
    useCallback(() => setOpen('palette'), []),
  )
  useShortcut(
    '?',
    t('keys'),
    useCallback(() => setOpen('keys'), []),
  )
  useShortcut(
    'h',
    t('hotline'),
    useCallback(() => {
      if (channel !== undefined) void navigate(paths.hotline(channel))
    }, [channel, navigate]),
  )
  // A page was chosen from the menu: it has done its work.
  useEffect(() => router.subscribe('onResolved', () => setOpen((now) => (now === 'menu' ? 'nothing' : now))), [router])

  return (
    <AgreementNames value={names}>
      <div className={styles.shell}>
        <a href="#main" className={styles.skip} data-screen-only="">
          {t('skip')}
        </a>
        <header className={styles.side} data-screen-only="">
          <div className={styles.top}>
            <p className={styles.mark}>
              Parley{' '}
              <span className={styles.party}>
                <PartyName party={node.party} />
              </span>
            </p>
            <span className={styles.menuButton}>
              <Button look="plain" onPress={() => setOpen('menu')}>
                {t('menu')}
              </Button>
            </span>
          </div>
          <div className={styles.sideBody}>
            <Navigation channel={channel} onPalette={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
          </div>
        </header>
        <main id="main" className={styles.main} tabIndex={-1}>
          {readsCases(session.grants) && !isLeaving ? (
            <Suspense fallback={null}>
              <RingingCalls />
            </Suspense>
          ) : null}
          {node.condition === 'read-only' && !(waitsForSomebody(node) && isInsider) ? (
            <div className={styles.condition}>
              <Notice title={t('readOnly')} tone="due">
                <p>
                  {t('readOnlyText', { reason: node.reason === undefined ? t('unknown') : codes.reason(node.reason) })}
                </p>
              </Notice>
            </div>
          ) : null}
          {waitsForSomebody(node) && isInsider && !isLeaving ? (
            <div className={styles.condition}>
              <Suspense fallback={null}>
                <SilentParties />
              </Suspense>
            </div>
          ) : null}
          {isLeaving ? null : <Outlet />}
        </main>
        {isLeaving ? null : <Changes />}
        {open === 'palette' ? (
          <Suspense fallback={null}>
            <CommandPalette commands={commands} onClose={close} />
          </Suspense>
        ) : null}
        {open === 'keys' ? (
          <Suspense fallback={null}>
            <KeysDialog onClose={close} />
          </Suspense>
        ) : null}
        <Dialog open={open === 'menu'} onClose={close} title={t('menu')}>
          <Navigation channel={channel} onPalette={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
        </Dialog>
      </div>
    </AgreementNames>
  )
}

/** A log waits to hear from a party, or the node goes on without one. */
function waitsForSomebody({ overridden, reason }: NodeView): boolean {
  return overridden || reason === 'asking'
}

/** The channel of the page, or of the last page that had one, or the first there is. */
function useChannel(): string | undefined {
  const { channel } = useParams({ strict: false })
  const { data } = useSuspenseQuery(view('listChannels'))
  const [last, setLast] = useState(channel)
  if (channel !== undefined && channel !== last) setLast(channel)
  return channel ?? last ?? data.items[0]?.id
}

/** The names that the channel's agreement gives; none before it is known. */
function useAgreementNames(channel: string | undefined): AgreementNamesValue {
  const { locale } = useLanguage()
  const { data } = useQuery({
    ...view('viewAgreement', { params: { channel: channel ?? '' } }),
    enabled: channel !== undefined,
  })
  return useMemo(() => {
    const named = (items: readonly { id: string; names: Wordings }[]) =>
      new Map(items.map(({ id, names }) => [id, wordingOf(names, locale) ?? id]))
    return { parties: named(data?.pack.parties ?? []), commitments: named(data?.pack.commitments ?? []) }
  }, [data, locale])
}

/** Follows the node's events, and says to those who cannot see it that something on the page may have changed. */
function Changes() {
  const t = useTranslations('shell')
  const queries = useQueryClient()
  const router = useRouter()
  const [said, setSaid] = useState('')

  useEffect(() => {
    const stop = new AbortController()
    void followEvents(queries, stop.signal, {
      onChange: (topics) => {
        if (topics.has('request') || topics.has('entry')) setSaid(t('changed'))
      },
      onSignedOut: () => {
        queries.removeQueries({ queryKey: view('viewSession').queryKey })
        void router.invalidate()
      },
    })
    return () => stop.abort()
  }, [queries, router, t])

  useEffect(() => {
    if (said === '') return undefined
    const timer = setTimeout(() => setSaid(''), 5000)
    return () => clearTimeout(timer)
  }, [said])

  return (
    <output aria-live="polite" className="visually-hidden">
      {said}
    </output>
  )
}
