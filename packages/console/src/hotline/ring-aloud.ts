// The sound of a ringing call, made by the browser itself, and the notification of the system. Both only after the person
// has allowed them by a press: a browser plays nothing before, and nobody wants to be startled by a page.

import { useSyncExternalStore } from 'react'

const highHertz = 880
const lowHertz = 660
const toneSeconds = 0.35
const pauseMilliseconds = 2000
const loudness = 0.2

let audio: AudioContext | undefined
const listeners = new Set<() => void>()

/** Allows sound on this page, and asks for notifications. To be called from a press. */
export async function allowRinging(): Promise<void> {
  audio ??= new AudioContext()
  for (const listener of listeners) listener()
  await audio.resume()
  if ('Notification' in window && Notification.permission === 'default') await Notification.requestPermission()
}

/** Whether sound has been allowed on this page. */
export function useRingingAllowed(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => audio !== undefined,
  )
}

/** Rings until the returned function is called; silent where sound was not allowed. */
export function startRinging(): () => void {
  if (audio === undefined) return () => undefined
  const context = audio
  const ring = () => {
    playTone(context, highHertz, context.currentTime)
    playTone(context, lowHertz, context.currentTime + toneSeconds)
  }
  ring()
  const timer = setInterval(ring, pauseMilliseconds)
  return () => clearInterval(timer)
}

function playTone(context: AudioContext, hertz: number, at: number): void {
  const tone = context.createOscillator()
  const gain = context.createGain()
  tone.frequency.value = hertz
  gain.gain.setValueAtTime(loudness, at)
  gain.gain.linearRampToValueAtTime(0, at + toneSeconds)
  tone.connect(gain).connect(context.destination)
  tone.start(at)
  tone.stop(at + toneSeconds)
}

/** Shows the system's notification, where it is permitted; one for each call. It says that it rings and nothing else. */
export function notifyRing(call: string, words: string): void {
  if ('Notification' in window && Notification.permission === 'granted') {
    // Some systems have notifications only through a worker; the page itself rings all the same.
    try {
      new Notification(words, { tag: call }).addEventListener('click', () => window.focus())
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
}
