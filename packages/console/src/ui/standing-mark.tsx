// How far an act has got, as evidence shows it: recorded, published, witnessed, delivered, opened. Never rounded up.

import { useCodes } from '../i18n/codes.ts'
import { Badge } from './badge.tsx'
import type { Shape } from './badge.tsx'

const shapes = {
  recorded: 'ring',
  published: 'quarter',
  witnessed: 'half',
  delivered: 'three-quarters',
  opened: 'disc',
} as const satisfies Record<string, Shape>

export type StandingLevel = keyof typeof shapes

/** From the weakest to the strongest. */
export const standingLevels = Object.keys(shapes) as StandingLevel[]

/** The word with the pie that fills as the standing rises. */
export function StandingMark(props: { readonly standing: StandingLevel }) {
  const codes = useCodes()
  return (
    <Badge shape={shapes[props.standing]} tone="accent">
      {codes.word('standing', props.standing)}
    </Badge>
  )
}
