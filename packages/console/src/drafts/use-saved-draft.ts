// A draft as somebody writes it: what they have typed stays in memory until the node has it, and is sent again after a lost
// link. Whoever finds that a colleague has saved meanwhile sees both texts, and nothing is sent before they have chosen.

import { ApiProblem } from '@parley/api/client'
import type { DraftSaved, DraftView } from '@parley/api'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { client } from '../data/client.ts'
import { useDraft } from '../data/drafts.ts'
import { view } from '../data/queries.ts'
import { useLanguage } from '../i18n/provider.tsx'
import type { ActDraft, Json, ReadyAct } from '../requests/act-draft.ts'
import { isSameContent, readContent, writeContent } from './draft-content.ts'

const pauseMilliseconds = 600
const retryMilliseconds = 2000

/** What the node has not got yet, and the version that it was made from. */
interface Unsent {
  readonly version: number
  readonly draft: ActDraft
}

export interface SavedDraft {
  /** What the node has. */
  readonly saved: DraftView
  /** What is on the page. */
  readonly draft: ActDraft
  readonly change: (draft: ActDraft) => void
  /** `moved`: a colleague has saved since, and `saved` is theirs. `lost`: it is sent again until it arrives. */
  readonly state: 'saved' | 'saving' | 'lost' | 'moved' | 'refused'
  /** Why the node refused to save. */
  readonly problem: unknown
  readonly keepMine: () => void
  readonly takeTheirs: () => void
  /** Saves exactly this and submits it; undefined when a colleague has saved since. */
  readonly submit: (act: ReadyAct) => Promise<{ readonly draft: string } | undefined>
}

function isLost(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 0
}

export function useSavedDraft(
  place: { readonly channel: string; readonly draft: string },
  fixed: (saved: DraftView) => Record<string, Json>,
): SavedDraft {
  const { channel, draft: id } = place
  const params = useMemo(() => ({ channel, draft: id }), [channel, id])
  const queries = useQueryClient()
  const { locale } = useLanguage()
  const { data: saved } = useSuspenseQuery(view('viewDraft', { params }))
  const [unsent, keep, discard] = useDraft<Unsent | undefined>(`draft:${id}`, undefined)
  const [own, setOwn] = useState(0)
  const [submitting, setSubmitting] = useState(false)
  const underWay = useRef<Promise<DraftSaved>>(undefined)

  const contentOf = (draft: ActDraft) => ({
    ...writeContent(saved.type, draft, fixed(saved)),
    ...(saved.exercise === undefined ? {} : { exercise: saved.exercise }),
  })
  const take = async ({ draft, outcome }: DraftSaved) => {
    const { queryKey } = view('viewDraft', { params })
    // An answer that was asked for before the save would bring the older text back.
    await queries.cancelQueries({ queryKey })
    queries.setQueryData(queryKey, draft)
    if (outcome === 'saved') setOwn(draft.version)
  }
  const save = useMutation({
    mutationFn: ({ draft, version }: Unsent) => {
      underWay.current = client.saveDraft({ params, body: { version, ...contentOf(draft) } })
      return underWay.current
    },
    onSuccess: take,
    retry: (_count, error) => isLost(error),
    retryDelay: retryMilliseconds,
    networkMode: 'always',
  })

  // What this page saved itself is no news to it.
  const base = unsent === undefined ? saved.version : Math.max(unsent.version, own)
  const isSame = unsent !== undefined && isSameContent(contentOf(unsent.draft), saved)
  const moved = unsent !== undefined && saved.version > base && !save.isPending && !isSame
  const refused = save.isError && save.variables.draft === unsent?.draft
  const waits = unsent !== undefined && !isSame && !moved && !refused && !save.isPending && !submitting
  const { mutate } = save

  useEffect(() => {
    if (!waits || unsent === undefined) return undefined
    const timer = setTimeout(() => mutate({ version: base, draft: unsent.draft }), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [base, mutate, unsent, waits])
  useEffect(() => {
    if (isSame && !save.isPending) discard()
  }, [discard, isSame, save.isPending])

  const shown = useMemo(() => readContent(saved, saved.type, locale), [saved, locale])
  const change = useCallback((draft: ActDraft) => keep({ version: base, draft }), [base, keep])

  const submit = async (act: ReadyAct) => {
    setSubmitting(true)
    try {
      const before = await underWay.current?.catch(() => undefined)
      const version = before?.outcome === 'saved' ? Math.max(base, before.draft.version) : base
      const { type: _type, subject: _subject, ...content } = act
      const answer = await client.saveDraft({ params, body: { version, ...content } })
      await take(answer)
      if (answer.outcome === 'moved') return undefined
      const waiting = await client.submitDraft({ params, body: { version: answer.draft.version } })
      discard()
      return waiting
    } finally {
      setSubmitting(false)
    }
  }

  return {
    saved,
    draft: unsent?.draft ?? shown,
    change,
    state: moved
      ? 'moved'
      : refused
        ? 'refused'
        : save.isPending && save.failureCount > 0
          ? 'lost'
          : unsent === undefined
            ? 'saved'
            : 'saving',
    problem: save.error,
    keepMine: () => {
      if (unsent !== undefined) keep({ version: saved.version, draft: unsent.draft })
    },
    takeTheirs: discard,
    submit,
  }
}
