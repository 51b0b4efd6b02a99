// The HTTP shell of a node: what `main.ts` needs to put it together.

export { createApp, type App, type AppOptions } from './app.ts'
export { HttpError, type ShellErrorCode } from './error.ts'
export { createEventHub, type EventHub, type Every } from './events.ts'
export type { Account, Call, Caller, Handler, Handlers, SignedInCaller } from './handler.ts'
export { createLog, type Log } from './log.ts'
export type { Explain, Explanation } from './problem-answer.ts'
export { serveApp, type ServeOptions, type Serving } from './serve.ts'
export { createSessions, type Sessions } from './sessions.ts'
export { loadStaticFiles, type StaticFiles } from './static.ts'
export { createOperatorTokens, hashToken, type OperatorToken, type OperatorTokens } from './tokens.ts'
