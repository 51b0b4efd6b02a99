// The paths of the protocol between nodes (docs/spec/peers.md), for the one who asks and the one who answers.

export const peerPaths = {
  deliveries: '/parley/v1/deliveries',
  heads: '/parley/v1/heads',
  node: '/parley/v1/node',
  delivery: (log: string, start: number): string => `/parley/v1/logs/${log}/delivery?start=${start}`,
  bodies: (log: string): string => `/parley/v1/logs/${log}/bodies`,
  consistency: (log: string, oldSize: number, size: number): string =>
    `/parley/v1/logs/${log}/consistency?old=${oldSize}&size=${size}`,
} as const

/** Digests that one request for bodies may name. */
export const bodiesAskedMax = 64
