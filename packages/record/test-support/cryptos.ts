// Both implementations of `Crypto`, for what has to come out the same over either.

import type { Crypto } from '../src/crypto.ts'
import { nodeCrypto } from '../src/node/crypto.ts'
import { webCrypto } from '../src/web/crypto.ts'

export const cryptos: readonly (readonly [string, Crypto])[] = [
  ['node', nodeCrypto],
  ['web', webCrypto],
]
