// What the command palette offers: every page, and every key that works on the page that is open.

import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { localeNames, locales } from '../i18n/locale.ts'
import { useLanguage } from '../i18n/provider.tsx'
import type { Command } from '../ui/command-palette.tsx'
import { useShortcuts } from '../ui/shortcuts.tsx'
import { paths } from './paths.ts'

export function useCommands(channel: string | undefined): readonly Command[] {
  const t = useTranslations('shell')
  const navigate = useNavigate()
  const { locale, choose } = useLanguage()
  const shortcuts = useShortcuts()

  const pages: Command[] =
    channel === undefined
      ? []
      : [
          { id: 'inbox', label: t('inbox'), run: () => void navigate(paths.inbox()) },
          { id: 'requests', label: t('requests'), run: () => void navigate(paths.requests(channel)) },
          {
            id: 'incoming',
            label: t('incoming'),
            run: () => void navigate(paths.requests(channel, { direction: 'incoming' })),
          },
          {
            id: 'outgoing',
            label: t('outgoing'),
            run: () => void navigate(paths.requests(channel, { direction: 'outgoing' })),
          },
          { id: 'new', label: t('newRequest'), run: () => void navigate(paths.newRequest(channel)) },
          { id: 'hotline', label: t('hotline'), run: () => void navigate(paths.hotline(channel)) },
          { id: 'directory', label: t('directory'), run: () => void navigate(paths.directory(channel)) },
          { id: 'agreement', label: t('agreement'), run: () => void navigate(paths.agreement(channel)) },
          { id: 'record', label: t('record'), run: () => void navigate(paths.record(channel)) },
        ]
  return [
    ...shortcuts
      .filter(({ keys }) => keys !== 'mod+k')
      .map(({ keys, label, run }): Command => ({ id: `key:${keys}`, label, keys, run })),
    ...pages,
    { id: 'notices', label: t('notices'), run: () => void navigate(paths.notices()) },
    { id: 'links', label: t('links'), run: () => void navigate(paths.links()) },
    ...locales
      .filter((other) => other !== locale)
      .map((other): Command => ({ id: `language:${other}`, label: localeNames[other], run: () => choose(other) })),
  ]
}
