// A word with a shape before it. The shape repeats what the word says, so neither colour nor sight of the shape is needed.

import type { ReactNode } from 'react'
import styles from './badge.module.css'

export type Shape =
  | 'ring'
  | 'half'
  | 'disc'
  | 'square'
  | 'frame'
  | 'triangle'
  | 'diamond'
  | 'cross'
  | 'dash'
  | 'query'
  | 'quarter'
  | 'three-quarters'
  | 'dot'

export type Tone = 'ink' | 'accent' | 'due' | 'alarm' | 'faint'

const box = 14
const centre = box / 2
const radius = 5

function pie(quarters: 1 | 2 | 3): string {
  const end = {
    1: `${centre + radius} ${centre}`,
    2: `${centre} ${centre + radius}`,
    3: `${centre - radius} ${centre}`,
  }
  return `M${centre} ${centre}V${centre - radius}A${radius} ${radius} 0 ${quarters > 2 ? 1 : 0} 1 ${end[quarters]}Z`
}

function Drawn(props: { shape: Shape }) {
  const ring = <circle cx={centre} cy={centre} r={radius} />
  const solid = { fill: 'currentColor', stroke: 'none' } as const
  switch (props.shape) {
    case 'ring':
      return ring
    case 'dot':
      return (
        <>
          {ring}
          <circle cx={centre} cy={centre} r="1.5" {...solid} />
        </>
      )
    case 'quarter':
    case 'half':
    case 'three-quarters':
      return (
        <>
          {ring}
          <path d={pie({ quarter: 1, half: 2, 'three-quarters': 3 }[props.shape] as 1 | 2 | 3)} {...solid} />
        </>
      )
    case 'disc':
      return <circle cx={centre} cy={centre} r={radius + 0.75} {...solid} />
    case 'square':
      return <rect x="2" y="2" width="10" height="10" {...solid} />
    case 'frame':
      return <rect x="2.5" y="2.5" width="9" height="9" />
    case 'triangle':
      return <path d="M7 1.5L13 12.5H1Z" {...solid} />
    case 'diamond':
      return <path d="M7 1L13 7L7 13L1 7Z" {...solid} />
    case 'cross':
      return <path d="M2.5 2.5l9 9M11.5 2.5l-9 9" strokeWidth="2" />
    case 'dash':
      return <path d="M2 7h10" strokeWidth="2" />
    case 'query':
      return <path d="M4.5 5a2.5 2.5 0 1 1 3.6 2.2C7.3 7.7 7 8 7 9.2M7 11.5v.6" strokeWidth="1.6" />
  }
}

/** `tone` only repeats what the shape and the word already say. */
export function Badge(props: { readonly shape: Shape; readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={`${styles.badge} ${styles[props.tone ?? 'ink']}`}>
      <svg viewBox={`0 0 ${box} ${box}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.4">
        <Drawn shape={props.shape} />
      </svg>
      <span>{props.children}</span>
    </span>
  )
}
