// The title of the window while something rings: it changes between its own and the words, so that a window behind others
// is seen.

import { useEffect } from 'react'

const flashMilliseconds = 1000

/** Flashes while `words` is given. The page may change its title meanwhile; the newest one comes back. */
export function useFlashingTitle(words: string | undefined): void {
  useEffect(() => {
    if (words === undefined) return undefined
    let own = document.title
    const restore = () => {
      if (document.title === words) document.title = own
    }
    const flash = () => {
      if (document.title === words) {
        document.title = own
        return
      }
      own = document.title
      document.title = words
    }
    flash()
    const timer = setInterval(flash, flashMilliseconds)
    return () => {
      clearInterval(timer)
      restore()
    }
  }, [words])
}
