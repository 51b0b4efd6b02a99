// The paths of the protocol between nodes (docs/spec/peers.md), for the one who asks and the one who answers.

export const peerPaths = {
  deliveries: '/parley/v1/deliveries',
  heads: '/parley/v1/heads',
  node: '/parley/v1/node',
  delivery: (log: string, start: number): string => `/parley/v1/logs/${log}/delivery?start=${start}`,
  bodies: (log: string): string => `/parley/v1/logs/${log}/bodies`,
  consistency: (log: string, oldSize: number, size: number): string =>
    `/parley/v1/logs/${log}/consistency?old=${oldSize}&size=${size}`,
  evidenceHashes: (channel: string, item: string): string => `/parley/v1/evidence/${channel}/${item}/hashes`,
  evidencePiece: (channel: string, item: string, index: number): string =>
    `/parley/v1/evidence/${channel}/${item}/pieces/${index}`,
} as const

/** Digests that one request for bodies may name. */
export const bodiesAskedMax = 64
