// Between the bytes that nodes send each other and the events of the core: `@parley/record/exchange`.

export * from './answer.ts'
export * from './compose-delivery.ts'
export * from './consistency.ts'
export * from './heads.ts'
export * from './key-lookup.ts'
export * from './log-reader.ts'
export * from './open-delivery.ts'
export * from './open-head.ts'
export * from './open-known-cosignatures.ts'
export * from './prove-fork.ts'
