// The uploads of this window: they go on while the person turns pages, can be paused, and are thrown away only by them. What
// the node has survives a reload; the file itself must then be chosen again, because no page may keep a file.

import { useSyncExternalStore } from 'react'
import type { UploadView } from '@parley/api'
import { client } from './client.ts'
import { discardWithDrafts } from './drafts.ts'
import { beginUpload, FileChanged, sendFile, tusVersion } from './send-file.ts'
import type { Said } from './send-file.ts'

/** `waiting`: the link was lost and will be tried again. `ended`: a refusal, which the person may try to mend. */
export type UploadState = 'sending' | 'waiting' | 'paused' | 'ended' | 'sealed'

export interface Upload {
  /** Of this window; the node's own id is known once it has answered. */
  readonly key: string
  readonly id: string | undefined
  readonly channel: string
  readonly request: string | undefined
  readonly name: string
  readonly length: number
  readonly sent: number
  readonly state: UploadState
  /** The item that came of it. */
  readonly item: string | undefined
  /** Why it waits or ended. */
  readonly problem: unknown
}

interface Running {
  readonly file: File
  readonly said: Said
  stop: AbortController
}

let uploads: readonly Upload[] = []
const running = new Map<string, Running>()
const listeners = new Set<() => void>()

function tell(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}

function change(key: string, part: Partial<Upload>): void {
  tell(uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The uploads of this window, in the order in which they began. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads)
}

/** Whether the file may be the one that the upload began with: the node keeps its name and its length. */
export function isSameFile({ length, name }: Pick<UploadView, 'length' | 'name'>, file: File): boolean {
  return file.size === length && file.name === name
}

/** Begins to send a file. */
export function startUpload(channel: string, said: Said, file: File): void {
  add({ channel, request: said['request'], id: undefined, sent: 0 }, said, file)
}

/** Goes on with an upload that was left; the caller has checked `isSameFile`. */
export function takeUpUpload(channel: string, view: UploadView, file: File): void {
  add({ channel, request: view.request ?? undefined, id: view.id, sent: view.offset }, { filename: view.name }, file)
}

function add(part: Pick<Upload, 'channel' | 'request' | 'id' | 'sent'>, said: Said, file: File): void {
  const key = crypto.randomUUID()
  const { name, size: length } = file
  tell([...uploads, { ...part, key, name, length, state: 'sending', item: undefined, problem: undefined }])
  running.set(key, { file, said, stop: new AbortController() })
  void send(key)
}

export function pauseUpload(key: string): void {
  running.get(key)?.stop.abort()
  change(key, { state: 'paused', problem: undefined })
}

export function resumeUpload(key: string): void {
  const one = running.get(key)
  if (one === undefined) return
  one.stop.abort()
  one.stop = new AbortController()
  void send(key)
}

/** Throws an upload away, here and at the node. @throws ApiProblem */
export async function cancelUpload(key: string): Promise<void> {
  const upload = uploads.find((one) => one.key === key)
  forgetUpload(key)
  if (upload?.id !== undefined && upload.item === undefined) await endUpload(upload.channel, upload.id)
}

/** Throws away what the node has of an upload. @throws ApiProblem */
export async function endUpload(channel: string, id: string): Promise<void> {
  await client.endUpload({ params: { channel, id }, headers: { 'tus-resumable': tusVersion } })
}

/** Takes an upload off the page; nothing changes at the node. */
export function forgetUpload(key: string): void {
  running.get(key)?.stop.abort()
  running.delete(key)
  tell(uploads.filter((one) => one.key !== key))
}

async function send(key: string): Promise<void> {
  const upload = uploads.find((one) => one.key === key)
  const one = running.get(key)
  if (upload === undefined || one === undefined) return
  const { signal } = one.stop
  const { channel } = upload
  change(key, { state: 'sending', problem: undefined })
  try {
    const id = upload.id ?? (await beginUpload(client, channel, one.file.size, one.said))
    change(key, { id })
    signal.throwIfAborted()
    const item = await sendFile(client, { channel, id }, one.file, {
      signal,
      onSent: (sent) => change(key, { sent, state: 'sending', problem: undefined }),
      onLost: (problem) => change(key, { state: 'waiting', problem }),
      wait: waitForLink,
    })
    running.delete(key)
    change(key, { item, state: 'sealed', sent: one.file.size, problem: undefined })
  } catch (problem) {
    if (!signal.aborted) change(key, { state: 'ended', problem })
  }
}

/** Waits so long, or until the device says that it has a link again. */
function waitForLink(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve()
    }
    const timer = setTimeout(end, seconds * 1000)
    window.addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}

/** A file that changed under the page cannot be gone on with. */
export function isFileChanged(problem: unknown): boolean {
  return problem instanceof FileChanged
}

discardWithDrafts(() => {
  for (const { stop } of running.values()) stop.abort()
  running.clear()
  tell([])
})
