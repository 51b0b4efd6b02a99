// Somebody of the own party by name; an account that has gone has none.

import type { Colleague } from '@parley/api'
import { useTranslations } from 'use-intl'
import { Untrusted } from '../ui/untrusted.tsx'

export function ColleagueName({ person }: { readonly person: Colleague }) {
  const t = useTranslations('release')
  return person.name === null ? t('unknown') : <Untrusted>{person.name}</Untrusted>
}
