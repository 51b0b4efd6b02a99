// What a node on Node.js hands to the record: `@parley/record/node`.

export { createSigner, generateSigner, importedKeyCountMax, nodeCrypto } from './crypto.ts'
export * from './age/index.ts'
