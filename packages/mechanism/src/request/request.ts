// The topic of requests for information and assistance: SPEC.md [RQ]. The requesting party opens, supplements, chases,
// withdraws, assesses and closes; the requested party acknowledges, returns, accepts, refuses, extends, updates, answers.

import type { Topic } from '../topic.ts'
import type { RequestRefusal } from './refusals.ts'
import { mayRequest } from './rules.ts'
import { requestTypes } from './shapes.ts'
import { viewRequest, type RequestState } from './view.ts'

export const requestTopic: Topic<RequestState, RequestRefusal> = {
  name: 'request',
  types: requestTypes,
  may: mayRequest,
  view: viewRequest,
}
