// A node's decisions about its logs, as a state machine: `@parley/record/core`.

export type { AlarmCode, CoreEvent, Effect, HeldHead, RefusalCode, StoredOwnLog, StoredReplica } from './event.ts'
export type { BodyOf } from './intake.ts'
export * from './limits.ts'
export { emptyCore } from './state.ts'
export type {
  Arrival,
  Batch,
  BodyArrival,
  CoreState,
  Extension,
  Head,
  HeldBody,
  MissingBody,
  OwnLog,
  Peer,
  Phase,
  Progress,
  Receipt,
  Replica,
  SealedBody,
  SignedHead,
  Submission,
  Work,
} from './state.ts'
export { step } from './step.ts'
export type { CoreTools } from './step.ts'
