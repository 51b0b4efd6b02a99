// The HTTP shell of a node: what `main.ts` needs to put it together.

export { createApp } from './app.ts'
export type { Account, Grant } from './handler.ts'
export { createEventHub, type EventHub } from './events.ts'
export { createLog, type Log } from './log.ts'
export type { Explain } from './problem-answer.ts'
export { serveApp } from './serve.ts'
export { createSessions } from './sessions.ts'
export { loadStaticFiles } from './static.ts'
export { hashToken, type OperatorTokens } from './tokens.ts'
