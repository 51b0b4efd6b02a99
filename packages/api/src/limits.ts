// The bounds of everything that crosses the HTTP interface. The server refuses what is above them; a client may count
// on what is below.

/** An entry, as bytes. */
export const entryBytesMax = 16 * 1024
/** The base64 of an entry. */
export const entryTextLengthMax = Math.ceil(entryBytesMax / 3) * 4
/** A sealed body: the largest size class, its header and a stanza for each of the parties. */
export const sealedBodyBytesMax = 96 * 1024
/** The base64 of a sealed body. */
export const sealedBodyTextLengthMax = Math.ceil(sealedBodyBytesMax / 3) * 4
/** The body of a request in JSON, where an operation does not say otherwise. */
export const jsonBytesMax = 1024 * 1024
/** The same for operations that take whole documents: packs, and the cards of many parties. */
export const jsonBytesBulkMax = 8 * 1024 * 1024
/** The base64 of a channel's genesis, and of a party's card, which is an entry. */
export const genesisTextLengthMax = Math.ceil((64 * 1024) / 3) * 4
/** The files of an agreement pack: how many, and how long each may be in UTF-16 units. */
export const packFilesMax = 64
export const packFileLengthMax = 1024 * 1024
/** A bundle that comes in by HTTP; larger ones go through the command line. */
export const bundleBytesMax = 64 * 1024 * 1024
/** Items on one page of a list. */
export const pageSizeMax = 200
export const pageSizeDefault = 50
export const cursorLengthMax = 512
export const searchTextLengthMax = 200
export const operatorTokenLengthMax = 128
export const accountIdLengthMax = 64
/** Roles of one account, over all channels. */
export const grantsMax = 256
export const idempotencyKeyLengthMax = 64
export const partiesMax = 200
export const approvalsMax = 16
/** Hashes in one proof of a tree that has at most 2^63 leaves. */
export const proofHashesMax = 63
/** A signed note, as text. */
export const noteLengthMax = 64 * 1024
/** A coded word: a status, a kind, a reason. */
export const codeLengthMax = 64
/** An entry's type. */
export const entryTypeLengthMax = 64
/** A log's origin. */
export const originLengthMax = 255
