// The width that the page gives to a drawing, followed as it changes, so that text in it is never scaled.

import { useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

export function useWidth<E extends HTMLElement>(first: number): readonly [RefObject<E | null>, number] {
  const place = useRef<E>(null)
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return undefined
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(([change]) => {
      if (change !== undefined) setWidth(Math.floor(change.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [place, width]
}
