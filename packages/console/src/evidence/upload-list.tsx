// What is being uploaded in this window, and what was left in an earlier one and can be gone on with.

import type { UploadView } from '@parley/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { paths } from '../app/paths.ts'
import { ProblemNotice } from '../app/problem-notice.tsx'
import { view } from '../data/queries.ts'
import {
  cancelUpload,
  endUpload,
  forgetUpload,
  isFileChanged,
  isSameFile,
  pauseUpload,
  resumeUpload,
  takeUpUpload,
  useUploads,
} from '../data/uploads.ts'
import type { Upload } from '../data/uploads.ts'
import { Button } from '../ui/button.tsx'
import { FileField } from '../ui/file-field.tsx'
import { Link } from '../ui/link.tsx'
import { Moment } from '../ui/moment.tsx'
import { Progress } from '../ui/progress.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { useBytes } from './use-bytes.ts'
import styles from './evidence.module.css'

/** `request`: only what is for this request; of the whole channel when undefined. */
export function UploadList(props: { readonly channel: string; readonly request: string | undefined }) {
  const t = useTranslations('evidence')
  const { channel, request } = props
  const all = useUploads()
  const isHere = (one: { readonly request: string | null | undefined }) =>
    request === undefined || one.request === request
  const own = all.filter((one) => one.channel === channel && isHere(one))
  const { data } = useQuery(view('listUploads', { params: { channel } }))
  const known = new Set(all.flatMap(({ id }) => id ?? []))
  const left = (data?.items ?? []).filter((one) => one.item === null && !known.has(one.id) && isHere(one))
  // An upload whose beginning is not answered yet may be in the list already, without an id here.
  const isBeginning = all.some(({ id, state }) => id === undefined && state === 'sending')
  return (
    <>
      {own.length === 0 ? null : (
        <ul className={styles.uploads} aria-label={t('uploads')} data-screen-only="">
          {own.map((upload) => (
            <UploadLine key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
      {left.length === 0 || isBeginning ? null : (
        <div className={styles.left} data-screen-only="">
          <h3>{t('left')}</h3>
          <p>{t('leftText')}</p>
          <ul className={styles.uploads} aria-label={t('left')}>
            {left.map((upload) => (
              <LeftUpload key={upload.id} channel={channel} upload={upload} />
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function UploadLine({ upload }: { readonly upload: Upload }) {
  const t = useTranslations('evidence')
  const formatBytes = useBytes()
  const cancel = useMutation({ mutationFn: () => cancelUpload(upload.key) })
  const { channel, item, key, length, problem, sent, state } = upload
  const name = formatShown(upload.name)
  return (
    <li>
      <p className={styles.uploadName}>
        <Untrusted>{upload.name}</Untrusted>
        <span role="status">{t(state)}</span>
      </p>
      {state === 'sealed' ? null : (
        <Progress
          label={t('ofBytes', { sent: formatBytes(sent), length: formatBytes(length) })}
          value={sent}
          max={Math.max(1, length)}
        />
      )}
      {state === 'ended' ? (
        isFileChanged(problem) ? (
          <p role="alert">{t('fileChanged')}</p>
        ) : (
          <ProblemNotice problem={problem} live />
        )
      ) : null}
      <div className={styles.buttons}>
        {state === 'sending' || state === 'waiting' ? (
          <Button aria-label={t('pauseOf', { name })} onPress={() => pauseUpload(key)}>
            {t('pause')}
          </Button>
        ) : null}
        {state === 'paused' || state === 'waiting' || (state === 'ended' && !isFileChanged(problem)) ? (
          <Button
            look="main"
            aria-label={t(state === 'paused' ? 'resumeOf' : 'againOf', { name })}
            onPress={() => resumeUpload(key)}
          >
            {t(state === 'paused' ? 'resume' : 'again')}
          </Button>
        ) : null}
        {state === 'sealed' ? (
          <>
            {item === undefined ? null : <Link {...paths.evidenceItem(channel, item)}>{t('open')}</Link>}
            <Button look="quiet" onPress={() => forgetUpload(key)}>
              {t('takeOff')}
            </Button>
          </>
        ) : (
          <Button
            look="quiet"
            aria-label={t('throwAwayOf', { name })}
            isPending={cancel.isPending}
            onPress={() => cancel.mutate()}
          >
            {t('throwAway')}
          </Button>
        )}
      </div>
    </li>
  )
}

function LeftUpload({ channel, upload }: { readonly channel: string; readonly upload: UploadView }) {
  const t = useTranslations('evidence')
  const formatBytes = useBytes()
  const queries = useQueryClient()
  const [isOther, setOther] = useState(false)
  const end = useMutation({
    mutationFn: () => endUpload(channel, upload.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['listUploads'] }),
  })
  return (
    <li>
      <p className={styles.uploadName}>
        <Untrusted>{upload.name}</Untrusted>
        <span>
          {t('until')} <Moment at={upload.expires} />
        </span>
      </p>
      <Progress
        label={t('ofBytes', { sent: formatBytes(upload.offset), length: formatBytes(upload.length) })}
        value={upload.offset}
        max={Math.max(1, upload.length)}
      />
      {end.isError ? <ProblemNotice problem={end.error} live /> : null}
      <FileField
        label={t('chooseAgain')}
        error={isOther ? t('otherFile') : undefined}
        onChoose={([file]) => {
          const same = file !== undefined && isSameFile(upload, file)
          setOther(!same)
          if (same) takeUpUpload(channel, upload, file)
        }}
      />
      <div className={styles.buttons}>
        <Button
          look="quiet"
          aria-label={t('throwAwayOf', { name: formatShown(upload.name) })}
          isPending={end.isPending}
          onPress={() => end.mutate()}
        >
          {t('throwAway')}
        </Button>
      </div>
    </li>
  )
}
