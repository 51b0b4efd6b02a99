// Sealing by age v1 (c2sp.org/age) with X25519 recipients on node:crypto. Passphrases, hybrid recipients, plug-ins and ASCII
// armour are not spoken here: their stanzas are passed over.

export { open, openFileKey, openStream, openWithFileKey } from './open.ts'
export { seal, sealStream } from './seal.ts'
export {
  formatIdentity,
  formatRecipient,
  generateIdentity,
  parseIdentity,
  parseRecipient,
  recipientOf,
} from './x25519.ts'
export type { Identity, Random, Recipient } from './x25519.ts'
export { createChunkSealer, openChunks, sealedChunkBytes } from './chunks.ts'
export type { ChunkOpener, ChunkSealer } from './chunks.ts'
export { payloadChunkBytes } from './payload.ts'
export { ageHeaderBytesMax, stanzasMax } from './header.ts'
