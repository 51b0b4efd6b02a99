// How a node departs from what it should do: nothing for an honest one. What it departs in is small, because everything
// else of an adversary is the real code, which makes its lies hard to tell from mistakes.

import type { Question } from './network.ts'

export interface Behaviour {
  /** What kind of adversary this is, or `honest`. */
  readonly name: string
  readonly honest: boolean
  /** Its word about which heads it holds of others' logs can be relied upon. */
  readonly tellsHeads: boolean
  /** Questions that it leaves without an answer. */
  readonly withholds: ReadonlySet<Question['kind']>
  /** Hands over entries without their bodies, and no bodies when asked. */
  readonly stripsBodies: boolean
  /** Says that it holds so many entries more than it does, differently each time. */
  readonly overstates: boolean
  /** Hands over other bytes than the entries it holds, to those who ask for their own log. */
  readonly garblesFetches: boolean
  /** Never asks what others hold of its logs. */
  readonly deaf: boolean
  /** Records whatever it is given. */
  readonly judgesNothing: boolean
}

export const honest: Behaviour = {
  name: 'honest',
  honest: true,
  tellsHeads: true,
  withholds: new Set(),
  stripsBodies: false,
  overstates: false,
  garblesFetches: false,
  deaf: false,
  judgesNothing: false,
}
