// Says to the other side that its text was opened here: the last standing an entry can reach, and no more than that.

import type { ActView } from '@parley/api'
import { useState } from 'react'
import { useCodes } from '../i18n/codes.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'

const type = 'entry.opened'

/** Whether our side may still give a receipt for the text of this act. */
export function owesReceipt(act: ActView, acts: readonly ActView[], own: string): boolean {
  if (act.party === own || act.verdict !== 'valid' || act.body?.state !== 'opened') return false
  return !acts.some((other) => other.party === own && other.type === type && other.data['entry'] === act.entry.digest)
}

export function ReceiptButton(props: { readonly act: ActView; readonly subject: string; readonly channel: string }) {
  const codes = useCodes()
  const [asked, setAsked] = useState(false)
  const { act, subject, channel } = props
  return (
    <div data-screen-only="">
      <Button onPress={() => setAsked(true)}>{codes.deed(type)}</Button>
      {asked ? (
        <ConfirmDialog
          channel={channel}
          act={{ type, subject, data: { entry: act.entry.digest }, ...(act.exercise ? { exercise: true } : {}) }}
          recipients={[act.party]}
          onClose={() => setAsked(false)}
          onDone={() => setAsked(false)}
        />
      ) : null}
    </div>
  )
}
