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
export const accountLengthMax = 64
export const filterNameLengthMax = 64
/** Values of one condition of a filter. */
export const filterValuesMax = 32
export const savedFiltersMax = 50
export const mailAddressLengthMax = 254
export const timeZoneLengthMax = 64
export const webhooksMax = 16
export const webhookUrlLengthMax = 512
export const operatorTokenLengthMax = 128
export const accountIdLengthMax = 64
/** People with an account of one node. */
export const peopleMax = 1_000
export const labelLengthMax = 100
/** Sessions that one account may have at once. */
export const sessionsAccountMax = 16
/** The base64url of anything that an authenticator answers. */
export const authenticatorDataTextLengthMax = 8 * 1024
/** An address or a code of an OpenID provider. */
export const oidcTextLengthMax = 4 * 1024
export const securityDetailLengthMax = 2_000
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
/** One piece of an upload: what a lost connection costs at the most. */
export const uploadPieceBytesMax = 4 * 1024 * 1024
/** What is said of a file when its upload begins, as header text. */
export const uploadMetadataLengthMax = 8 * 1024
/** Drafts that one channel may have at a time, and people who wrote at one of them. */
export const draftsMax = 200
export const draftAuthorsMax = 1_000
/** Official keys that one person may have. */
export const officialsOwnMax = 64

/** Requests that are shown to be bound to one request, of one sort. */
export const tiesMax = 50

/** Texts that one case bundle discloses. */
export const disclosedBodiesMax = 1000
