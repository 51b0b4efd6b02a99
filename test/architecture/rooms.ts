// The table of rooms: which folder may import which others and which libraries. ARCHITECTURE.md says why. The longest
// matching folder is the room of a file.

export interface Room {
  /** Folder from the root of the repository. */
  readonly folder: string
  /** Folders that its files may import besides their own; a test may import more, see `testRooms`. */
  readonly rooms: readonly string[]
  /** Libraries, and `node:*` for the runtime's own modules. */
  readonly libraries: readonly string[]
}

const record = 'packages/record/src'
const mechanism = 'packages/mechanism/src'
const texts = 'packages/texts/src'
const api = 'packages/api/src'
const server = 'packages/server/src'

export const rooms: readonly Room[] = [
  // The pure core: bytes in, bytes out. Cryptography is an argument; only the two implementations import any.
  { folder: record, rooms: [], libraries: [] },
  { folder: `${record}/node`, rooms: [record], libraries: ['node:crypto', 'node:os', 'node:worker_threads'] },
  { folder: `${record}/web`, rooms: [record], libraries: ['@noble/hashes'] },
  { folder: `${record}/core`, rooms: [record], libraries: [] },
  { folder: `${record}/exchange`, rooms: [record, `${record}/core`], libraries: [] },
  { folder: mechanism, rooms: [record], libraries: ['yaml'] },
  // What words may oblige to: text in, proposals out. Only the reading of labelled sets knows YAML.
  { folder: texts, rooms: [mechanism], libraries: [] },
  { folder: `${texts}/evaluation`, rooms: [texts], libraries: ['yaml'] },
  { folder: api, rooms: [], libraries: ['zod'] },

  { folder: `${server}/db`, rooms: [record], libraries: ['node:*', 'kysely', 'pg'] },
  {
    folder: `${server}/keys`,
    rooms: [server, record, `${record}/node`],
    libraries: ['node:*', '@peculiar/x509', 'reflect-metadata'],
  },
  {
    folder: `${server}/log`,
    rooms: [server, `${server}/db`, record, `${record}/core`, `${record}/exchange`],
    libraries: [],
  },
  {
    folder: `${server}/reading`,
    rooms: [`${server}/db`, `${server}/log`, record, `${record}/core`, `${record}/exchange`, mechanism],
    libraries: [],
  },
  {
    folder: `${server}/peers`,
    rooms: [server, `${server}/db`, `${server}/keys`, `${server}/log`, record, `${record}/core`, `${record}/exchange`],
    libraries: ['node:*'],
  },
  // Files that are sealed and opened as streams; what an item is, the mechanism says.
  {
    folder: `${server}/evidence`,
    rooms: [server, `${server}/db`, `${server}/keys`, record, `${record}/node`, mechanism],
    libraries: ['node:*'],
  },
  {
    folder: `${server}/desk`,
    rooms: [
      server,
      `${server}/db`,
      `${server}/identity`,
      `${server}/evidence`,
      `${server}/keys`,
      `${server}/log`,
      `${server}/reading`,
      record,
      `${record}/core`,
      `${record}/exchange`,
      `${record}/node`,
      mechanism,
    ],
    libraries: ['node:*'],
  },
  // People: who they are, what they sign in with, what they may do. It knows no request and no page.
  {
    folder: `${server}/identity`,
    rooms: [server, api, `${server}/db`, `${server}/http`, record],
    libraries: ['node:*', '@simplewebauthn/server', 'openid-client'],
  },
  // Documents to print: data in, PDF out. It reads no store and asks nobody.
  {
    folder: `${server}/documents`,
    rooms: [server, api, record, mechanism],
    libraries: ['node:*', '@myriaddreamin/typst-ts-node-compiler'],
  },
  // What is about to be said, until it is: drafts, approvals, release.
  {
    folder: `${server}/release`,
    rooms: [server, `${server}/db`, `${server}/desk`, record, `${record}/core`, `${record}/node`, mechanism],
    libraries: ['node:*'],
  },
  // What bodies say, as far as this node can open them, in words that it is found by.
  {
    folder: `${server}/search`,
    rooms: [server, `${server}/db`, `${server}/desk`, record, mechanism],
    libraries: ['node:timers/promises'],
  },
  // Tells people that there is something to look at, and never what.
  {
    folder: `${server}/notices`,
    rooms: [server, `${server}/db`, `${server}/desk`, `${server}/peers`],
    libraries: ['node:*', 'nodemailer'],
  },
  // The shell knows the contract and nothing of the node; handlers know both.
  { folder: `${server}/http`, rooms: [server, api], libraries: ['node:*', 'hono', '@hono/node-server', 'pino', 'zod'] },
  {
    folder: `${server}/handlers`,
    rooms: [
      server,
      api,
      `${server}/db`,
      `${server}/desk`,
      `${server}/documents`,
      `${server}/evidence`,
      `${server}/http`,
      `${server}/identity`,
      `${server}/log`,
      `${server}/notices`,
      `${server}/peers`,
      `${server}/release`,
      `${server}/reading`,
      `${server}/search`,
      record,
      mechanism,
    ],
    libraries: ['node:crypto'],
  },
  // The files directly in `src` wire everything, once.
  {
    folder: server,
    rooms: [
      `${server}/db`,
      `${server}/desk`,
      `${server}/documents`,
      `${server}/evidence`,
      `${server}/handlers`,
      `${server}/http`,
      `${server}/identity`,
      `${server}/keys`,
      `${server}/log`,
      `${server}/notices`,
      `${server}/peers`,
      `${server}/reading`,
      `${server}/release`,
      `${server}/search`,
      record,
      `${record}/core`,
      `${record}/exchange`,
      `${record}/node`,
      mechanism,
    ],
    libraries: ['node:*', 'zod'],
  },
  {
    folder: 'packages/console/src',
    rooms: [record, `${record}/web`, mechanism, api],
    libraries: [
      'react',
      'react-dom',
      'react-aria-components',
      '@tanstack/react-router',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'use-intl',
      '@fontsource-variable/inter',
      '@fontsource/noto-sans-sc',
    ],
  },
  {
    folder: 'packages/cli/src',
    rooms: [record, `${record}/node`, `${record}/core`, `${record}/exchange`, mechanism, texts, api, server],
    libraries: ['node:*', 'commander'],
  },
]

/** Where a package's name in an import leads. */
export const packageFolders: Readonly<Record<string, string>> = {
  '@parley/record': record,
  '@parley/record/node': `${record}/node`,
  '@parley/record/web': `${record}/web`,
  '@parley/record/core': `${record}/core`,
  '@parley/record/exchange': `${record}/exchange`,
  '@parley/mechanism': mechanism,
  '@parley/mechanism/words/en': mechanism,
  '@parley/mechanism/words/zh-Hans': mechanism,
  '@parley/texts': texts,
  '@parley/texts/evaluation': `${texts}/evaluation`,
  '@parley/api': api,
  '@parley/api/client': api,
  '@parley/api/openapi': api,
  '@parley/server': server,
}
