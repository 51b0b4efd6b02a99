// What the record offers to those who build on it.
export * from './bytes.ts'
export * from './crypto.ts'
export * from './error.ts'

// Bags
export {
  bagAlgorithms,
  type BagAlgorithm,
  type BagFile,
  type BagText,
  formatBagTexts,
  formatTagManifests,
} from './bag.ts'

// Keys
export {
  parsePublicKey,
  possessionNonceBytes,
  type PublicKey,
  signPossession,
  verifyPossession,
} from './key-enrolment.ts'
export { signPresence, verifyPresence } from './key-presence.ts'
export {
  createVerifierKey,
  formatVerifierKey,
  type NoteAlgorithm,
  parseVerifierKey,
  type VerifierKey,
} from './verifier-key.ts'

// Merkle trees and their tiles
export { emptyRoot, hashBytes, leafHash, nodeHash, proofHashesMax } from './merkle.ts'
export { formatFrontier, Frontier, parseFrontier } from './frontier.ts'
export {
  type ConsistencyClaim,
  type InclusionClaim,
  inclusionRoot,
  type SubtreeClaim,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './proof.ts'
export {
  frontierAt,
  proveConsistency,
  proveInclusion,
  proveSubtree,
  rootAt,
  subtreeRootAt,
  type TreeReader,
} from './prove.ts'
export { MemoryTree } from './memory-tree.ts'
export { levelWidth, tileWidth, tileWidthMax } from './tree-ranges.ts'
export { formatTilePath, parseTilePath, type TileAddress, tileLevelMax } from './tile-path.ts'
export {
  emptyTileEdge,
  growTiles,
  type HashTile,
  type HashTileAddress,
  listChangedTiles,
  listTiles,
  readTileEdge,
  tileBytesMax,
  type TileEdge,
} from './tiles.ts'
export { bundledEntryBytesMax, formatEntryBundle, parseEntryBundle } from './entry-bundle.ts'

// Signed notes, and what stands on them
export { formatSignatureLines, parseSignatureLines, type SignatureLine, signatureLinesMax } from './signature-line.ts'
export {
  appendSignatureLines,
  formatNote,
  type Note,
  noteBytesMax,
  type OpenedNote,
  openNote,
  parseNote,
  signNote,
} from './note.ts'
export {
  type Checkpoint,
  formatCheckpointText,
  type Log,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  type TreeHead,
} from './checkpoint.ts'
export { parseTimedSignature } from './cosignature-message.ts'
export { checkCosignedBy, clockSkewSecondsMax, cosign, type Cosignature, openCosignatures } from './cosignature.ts'
export {
  type AddCheckpointOutcome,
  type AddCheckpointRequest,
  addCheckpointBytesMax,
  type CosignedHead,
  formatAddCheckpoint,
  parseAddCheckpoint,
  processAddCheckpoint,
  treeSizeMediaType,
  type WitnessedLog,
} from './witness.ts'
export {
  parsePolicy,
  type Policy,
  type PolicyLog,
  type PolicyRule,
  type PolicyWitness,
  trustPolicyBytesMax,
} from './policy.ts'
export { evaluatePolicy, openUnderPolicy } from './policy-quorum.ts'
export {
  formatTlogProof,
  openTlogProof,
  openTlogProofUnderPolicy,
  parseTlogProof,
  type ProvenLeaf,
  type TlogProof,
  tlogProofBytesMax,
} from './tlog-proof.ts'
export {
  composeForkProof,
  type ForkProof,
  forkProofBytesMax,
  formatForkProof,
  openForkProof,
  parseForkProof,
  type ProvenFork,
} from './fork.ts'

// Entries, and the canonical JSON they are written in
export {
  canonicalDepthMax,
  type CanonicalLimits,
  type CanonicalObject,
  type CanonicalProfile,
  canonicalText,
  type CanonicalValue,
  formatCanonical,
  parseCanonical,
} from './canonical.ts'
export { type CarriedReceipt, verifyReceipt } from './carried-receipt.ts'
export {
  type Approval,
  approvalCountMax,
  approvalMessage,
  type AssertionText,
  atMillisecondsMax,
  authenticatorDataBytesMax,
  clientDataBytesMax,
  digestForm,
  type Draft,
  type Entry,
  entryBytesMax,
  entryDepthMax,
  entryDigest,
  entryVersion,
  formatEntry,
  leafEntryDigest,
  officialForm,
  parseEntry,
  partyForm,
  typeLengthMax,
  withApprovals,
} from './entry.ts'
export { mergeSeen, type Seen, seenCountMax, seenSize, seenTime } from './seen.ts'
export { type ApprovedBy, type Demand, type Official, officialId, verifyApprovals } from './approval.ts'
export { rememberVerifications } from './remember-verifications.ts'
export {
  type Assertion,
  type AssertionKey,
  type KeyAlgorithm,
  parseAssertion,
  type RelyingParty,
  verifyAssertion,
} from './webauthn.ts'
export { parseP256Point } from './p256-point.ts'
export {
  bodyCommitment,
  type BodyReference,
  bodySize,
  type BodySize,
  bodySizeClasses,
  formatEnvelope,
  openBody,
  type OpenedBody,
  parseEnvelope,
  plaintextBytesMax,
  saltBytes,
  verifyCiphertext,
} from './body.ts'
export { formatOpening, parseOpening } from './body-opening.ts'

// Evidence: what is sealed before a file, and the tree over the sealed file
export {
  evidenceCommitmentStart,
  evidencePrefixBytes,
  formatEvidencePrefix,
  parseEvidencePrefix,
} from './evidence-prefix.ts'
export { pieceBytes, pieceHash, pieceRoot } from './piece-root.ts'

// Who the parties are: origins, governance logs, geneses and cards
export {
  channelOrigin,
  governanceChannel,
  governanceOrigin,
  isChannel,
  isOrigin,
  isPrefix,
  logId,
  type Origin,
  originLengthMax,
  parseOrigin,
  prefixLengthMax,
} from './origins.ts'
export {
  type AddressAmended,
  type Enrolment,
  type GovernanceAct,
  type Head,
  isGovernanceType,
  type KeyRevoked,
  type KeyRole,
  keyRoles,
  type KeyRotated,
  type OfficialRole,
  officialRoles,
  type OriginSize,
  parseGovernanceAct,
  type PartyFounded,
} from './governance-data.ts'
export {
  addressAt,
  type AddressTenure,
  applyGovernance,
  type ChannelTenure,
  governanceState,
  type GovernanceState,
  keyAt,
  type KeyTenure,
  logKeyAt,
  officialAt,
  officialsAt,
  type OfficialTenure,
  passGovernance,
  relyingPartyAt,
  type Tenure,
} from './governance.ts'
export { type GovernanceQuestion, type GovernanceVerdict, judgeGovernance } from './governance-verdict.ts'
export { type Card, governanceDemand, openCard } from './card.ts'
export {
  checkCard,
  formatGenesis,
  type Genesis,
  genesisBytesMax,
  genesisDigest,
  type GenesisParty,
  listSeenOrigins,
  parseGenesis,
  partyCountMax,
} from './genesis.ts'

// Verdicts
export { judgeRecord, type RecordQuestion, type RecordVerdict, validityVersion } from './verdict.ts'

// What travels: deliveries, their answers, and bundles
export {
  type DeliveredBody,
  type DeliveredCosignature,
  type Delivery,
  deliveryBodiesMax,
  deliveryBytes,
  deliveryBytesMax,
  deliveryCosignaturesMax,
  deliveryEnd,
  deliveryEntriesMax,
  formatDelivery,
  parseDelivery,
  sealedBytesMax,
} from './delivery.ts'
export {
  type DeliveryAnswer,
  deliveryAnswerBytesMax,
  formatDeliveryAnswer,
  missingBodiesMax,
  parseDeliveryAnswer,
} from './delivery-answer.ts'
export {
  type AcceptedEntry,
  type HeldLog,
  type OpenedBodies,
  openDeliveredBodies,
  type VerifiedDelivery,
  verifyDelivery,
} from './replica.ts'
export {
  type Bundle,
  type BundleParts,
  formatBundle,
  formatBundlePieces,
  parseBundle,
  parseBundleStream,
} from './bundle.ts'
export {
  bundleBytesMax,
  type BundledBlob,
  type BundledLog,
  type BundleManifest,
  type BundlePurpose,
  bundlePurposes,
  type BundleReader,
} from './bundle-manifest.ts'
export { type CaseBundle, type CaseParts, formatCaseBundle, parseCaseBundle } from './case-bundle.ts'
export { type CaseEntry, type CaseQuestion, openCase, type OpenedCase } from './open-case.ts'
export { caseBytesMax } from './case-manifest.ts'
export { type OpenedEntry, openProvenEntry, parseProvenEntry, type ProvenEntry } from './proven-entry.ts'
export { ByteReader, type ByteSource } from './byte-reader.ts'

// Signatures over HTTP messages
export {
  openSignature,
  type SignatureClaims,
  type SignatureDemands,
  type SignatureFields,
  type SignatureKey,
  signMessage,
} from './http-signature.ts'
export type { HttpFields, HttpRequest, HttpResponse } from './http-message.ts'
export { formatContentDigest, verifyContentDigest } from './content-digest.ts'
