// The topic of hotline calls: SPEC.md [HL]. One party raises a call and rings up a ladder; the other takes it or declines;
// either goes up a rung, hands over on its own side, speaks, and stands down.

import type { Topic } from '../topic.ts'
import { mayHotline, type HotlineRefusal } from './rules.ts'
import { hotlineTypes } from './shapes.ts'
import { viewHotline, type HotlineState } from './view.ts'

export const hotlineTopic: Topic<HotlineState, HotlineRefusal> = {
  name: 'hotline',
  types: hotlineTypes,
  may: mayHotline,
  view: viewHotline,
}
