// The step up: some things are done only by a person who was verified a moment ago. Whoever does one of them wraps it in
// `guard`; when the node asks for the person, a dialogue does too, and then the work is done after all.

import { ApiProblem } from '@parley/api/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PasskeyProblem } from './passkey-problem.tsx'
import { proveByPasskey } from './passkey.ts'

/** The person closed the dialogue: nothing was done. */
export class StepUpDeclined extends Error {}

export interface StepUp {
  /** Does the work, with a step up before it where the node wants one. @throws StepUpDeclined, and what the work throws */
  readonly guard: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** To be rendered by whoever uses the hook. */
  readonly dialog: ReactNode
}

interface Waiting {
  readonly proceed: () => void
  readonly decline: () => void
}

export function useStepUp(): StepUp {
  const [waiting, setWaiting] = useState<Waiting>()

  const guard = useCallback(async <Result,>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'session.step-up') throw error
    }
    await new Promise<void>((resolve, reject) => {
      setWaiting({ proceed: resolve, decline: () => reject(new StepUpDeclined('the person declined')) })
    }).finally(() => setWaiting(undefined))
    return work()
  }, [])

  return { guard, dialog: waiting === undefined ? null : <StepUpDialog {...waiting} /> }
}

function StepUpDialog({ decline, proceed }: Waiting) {
  const t = useTranslations('session')
  const queries = useQueryClient()
  const prove = useMutation({
    mutationFn: async () => {
      const assertion = await proveByPasskey(await client.beginVerification())
      return client.verifySession({ body: { assertion } })
    },
    onSuccess: (session) => {
      queries.setQueryData(view('viewSession').queryKey, session)
      proceed()
    },
  })
  return (
    <Dialog
      open
      onClose={decline}
      title={t('stepUp')}
      dismissable={false}
      foot={
        <>
          <Button look="main" isPending={prove.isPending} onPress={() => prove.mutate()}>
            {t('usePasskey')}
          </Button>
          <Button onPress={decline}>{t('notNow')}</Button>
        </>
      }
    >
      <p>{t('stepUpText')}</p>
      {prove.isError ? <PasskeyProblem problem={prove.error} /> : null}
    </Dialog>
  )
}
