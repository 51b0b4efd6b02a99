// What a browser hands to the record: `@parley/record/web`.

export { importedKeyCountMax, webCrypto } from './crypto.ts'
