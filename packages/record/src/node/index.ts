// What a node on Node.js hands to the record: `@parley/record/node`.

export { createSigner, generateSigner, nodeCrypto } from './crypto.ts'
export { importedKeyCountMax } from './ed25519.ts'
export * from './age/index.ts'
export { pairKey } from './pair-key.ts'
