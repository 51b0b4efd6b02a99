// The form of one act over the page that it is about.

import type { Recorded } from '@parley/api'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useCodes } from '../i18n/codes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Progress } from '../ui/progress.tsx'
import type { ActFormProps } from './act-form.tsx'

// The form brings every control with it; most visits to a page only read.
const ActStart = lazy(() => import('../drafts/act-start.tsx'))

export function ActDialog(
  props: Omit<ActFormProps, 'draftName' | 'onDone' | 'onCancel'> & {
    /** What the act is about, where its subject does not say it: each has a draft of its own. */
    readonly about?: string
    readonly onClose: () => void
    readonly onDone?: (recorded: Recorded) => void
  },
) {
  const t = useTranslations('composer')
  const codes = useCodes()
  const { about, onClose, onDone, ...form } = props
  return (
    <Dialog open onClose={onClose} title={codes.deed(props.type)} wide dismissable={false}>
      <Suspense fallback={<Progress label={t('opening')} />}>
        <ActStart
          {...form}
          draftName={[props.subject ?? props.channel, props.type, ...(about === undefined ? [] : [about])].join(':')}
          onDone={(recorded) => {
            onClose()
            onDone?.(recorded)
          }}
          onCancel={onClose}
        />
      </Suspense>
    </Dialog>
  )
}
