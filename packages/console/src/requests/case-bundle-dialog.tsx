// Which texts of a case are to be readable in the file for a court. None is chosen at first: whoever does nothing discloses
// nothing.

import { joinHandling } from '@parley/mechanism'
import type { ActView, RequestView } from '@parley/api'
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { useCodes } from '../i18n/codes.ts'
import { caseBundle as english } from '../i18n/en/case-bundle.ts'
import { useLateWords } from '../i18n/late-words.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { caseBundle as chinese } from '../i18n/zh-hans/case-bundle.ts'
import { PasskeyProblem } from '../session/passkey-problem.tsx'
import { isPasskeyRefusal } from '../session/passkey.ts'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { Button } from '../ui/button.tsx'
import { SomeOf } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { PartyName } from '../ui/party-name.tsx'
import { Progress } from '../ui/progress.tsx'
import { saveFile } from '../ui/save-file.ts'
import { useSay } from '../ui/toasts.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { useActTitle } from './body-text.ts'
import styles from './confirm-dialog.module.css'

const words = { en: english, 'zh-Hans': chinese }
/** From these on the person is told to make sure of the receiver. */
const restricted: readonly string[] = ['amber', 'amber-strict', 'red']

export default function CaseBundleDialog(props: {
  readonly channel: string
  readonly data: RequestView
  readonly onClose: () => void
}) {
  const t = useLateWords(words)
  const codes = useCodes()
  const say = useSay()
  const { dialog, guard } = useStepUp()
  const { channel, data, onClose } = props
  const { id } = data.request
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { acts, hasEvidence, isLoading } = useActsOfCase(channel, data)
  const readable = acts.filter(({ body, verdict }) => body?.state === 'opened' && verdict === 'valid')
  const founding = markingOf(acts.find(({ type }) => type === 'request.opened'))
  const marking = (act: ActView) => markingOf(act) ?? founding
  const handling = joinHandling(readable.filter(({ entry }) => chosen.includes(entry.digest)).map(marking))

  const make = useMutation({
    mutationFn: () =>
      guard(async () => {
        const bytes = await client.exportCase({ params: { channel, id }, body: { disclose: [...chosen] } })
        saveFile(new Uint8Array(bytes), `case-${id.slice(0, 16)}.parley`, 'application/octet-stream')
      }),
    onSuccess: () => {
      say(t('made'))
      onClose()
    },
  })
  const problem = make.error instanceof StepUpDeclined ? null : make.error

  return (
    <>
      <Dialog
        open
        wide
        dismissable={false}
        onClose={onClose}
        title={t('title')}
        foot={
          <>
            <Button look="main" isPending={make.isPending} onPress={() => make.mutate()}>
              {t('make')}
            </Button>
            <Button onPress={onClose}>{t('back')}</Button>
          </>
        }
      >
        <div className={styles.sheet}>
          {problem === null ? null : isPasskeyRefusal(problem) ? (
            <PasskeyProblem problem={problem} />
          ) : (
            <ProblemNotice problem={problem} live />
          )}
          <p>{t('lead')}</p>
          {isLoading ? <Progress label={t('loading')} /> : null}
          {readable.length === 0 && !isLoading ? (
            <p>{t('none')}</p>
          ) : (
            <SomeOf
              label={t('choose')}
              hint={t('chooseHint')}
              value={chosen}
              onChange={setChosen}
              choices={readable.map((act) => ({
                id: act.entry.digest,
                label: (
                  <>
                    {codes.act(act.type)} · <PartyName party={act.party} /> · <Moment at={act.at} />
                  </>
                ),
                note: <TextNote act={act} handling={codes.word('handling', marking(act) ?? 'red')} />,
              }))}
            />
          )}
          <p role="status">
            {chosen.length === 0 ? t('nothing') : t('handling', { handling: codes.word('handling', handling) })}
          </p>
          {chosen.length > 0 && restricted.includes(handling) ? (
            <Notice tone="due" title={t('strict', { handling: codes.word('handling', handling) })}>
              <p>{t('final')}</p>
            </Notice>
          ) : (
            <p>{t('final')}</p>
          )}
          {hasEvidence ? <p>{t('evidence')}</p> : null}
        </div>
      </Dialog>
      {dialog}
    </>
  )
}

/** The first line of what an act says, and how it is marked. */
function TextNote({ act, handling }: { readonly act: ActView; readonly handling: string }) {
  const { locale } = useLanguage()
  const [title] = useActTitle(act, locale)
  return (
    <>
      {handling}
      {title === undefined ? null : (
        <>
          {' · '}
          <Untrusted lang={title.language}>{title.text}</Untrusted>
        </>
      )}
    </>
  )
}

/** The acts of the request and of the evidence that belongs to it. */
function useActsOfCase(channel: string, { acts, request }: RequestView) {
  const listed = useQuery(view('listEvidence', { params: { channel }, query: { request: request.id } }))
  const items = useQueries({
    queries: (listed.data?.items ?? []).map(({ id }) => view('viewEvidence', { params: { channel, id } })),
  })
  return {
    acts: [...acts, ...items.flatMap(({ data }) => data?.acts ?? [])],
    hasEvidence: items.length > 0,
    isLoading: listed.isPending || items.some(({ isPending }) => isPending),
  }
}

function markingOf(act: ActView | undefined): string | undefined {
  const marking = act?.data['handling']
  return typeof marking === 'string' ? marking : undefined
}
