// The directory: each party's offices, what they are designated to be, how they are reached, who is on duty, who is away and
// who stands in, and how the party wants to be asked. SPEC.md [DR] rules it.

import type { Topic } from '../topic.ts'
import { mayEnter, type DirectoryRefusal } from './rules.ts'
import { directoryTypes } from './shapes.ts'
import { viewDirectory, type DirectoryState } from './view.ts'

export const directoryTopic: Topic<DirectoryState, DirectoryRefusal> = {
  name: 'directory',
  standing: 'directory',
  types: directoryTypes,
  may: mayEnter,
  view: viewDirectory,
}
