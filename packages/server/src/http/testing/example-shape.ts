// What an example of an operation is. For tests only.

import type { Answer, Body, OperationName, Operations, Params, Query } from '@parley/api'

export type ExamplesOf<Name extends OperationName> = {
  readonly [N in Name]: {
    readonly params?: Params<Operations[N]>
    readonly query?: Query<Operations[N]>
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: Body<Operations[N]>
    readonly answer: Answer<Operations[N]> | undefined
    readonly answerHeaders?: Readonly<Record<string, string>>
  }
}
