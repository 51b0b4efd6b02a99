// The contract: every operation of the HTTP interface, by its name.

import { appendAct } from './act.ts'
import { importPack, viewAgreement } from './agreement.ts'
import { openBody } from './body.ts'
import { addExport, exportBundle, importBundle } from './bundle.ts'
import { exportCase, viewCaseFile } from './case-file.ts'
import { importChannel, listChannels, viewChannel } from './channel.ts'
import {
  beginCommandLine,
  beginKeyProof,
  enrolOwnKey,
  signInOnCommandLine,
  verifySessionWithKey,
} from './command-line.ts'
import { viewCut } from './cut.ts'
import { viewDirectory } from './directory.ts'
import { createDraft, discardDraft, joinDraft, listDrafts, saveDraft, viewDraft } from './draft.ts'
import { listEntries, viewEntry, viewEntryProof } from './entry.ts'
import {
  endUpload,
  exportBag,
  exportEvidence,
  exportSealedEvidence,
  listEvidence,
  listUploads,
  openUpload,
  appendUpload,
  viewCertificate,
  viewEvidence,
  viewUpload,
} from './evidence.ts'
import { streamEvents } from './event.ts'
import {
  assignRequest,
  listInbox,
  listSavedFilters,
  markRequestRead,
  removeSavedFilter,
  putSavedFilter,
  watchRequest,
} from './inbox.ts'
import { listCalls, viewCall, viewCallFigures } from './hotline.ts'
import { listCosignatures, listLogs, viewForkProof } from './log.ts'
import { viewContract, viewHealth, viewNode, viewReadiness } from './node.ts'
import {
  addWebhook,
  addCalendarFeed,
  endCalendarFeed,
  listWebhooks,
  removeWebhook,
  putNoticePreferences,
  viewCalendar,
  viewNoticePreferences,
} from './notice.ts'
import { listPeers, overridePeer, testPeer } from './peer.ts'
import { listPings } from './ping.ts'
import { appendEntry, viewSeen } from './prepared-entry.ts'
import {
  addPasskey,
  beginPasskey,
  beginVerification,
  endSession,
  listPasskeys,
  listSessions,
  removePasskey,
  verifySession,
} from './own-account.ts'
import {
  addPerson,
  approveChange,
  endPerson,
  endPersonSessions,
  enrolOfficial,
  listPeople,
  listPersonSessions,
  listSecurityEvents,
  putRoles,
  recoverPerson,
  rejectChange,
} from './people.ts'
import { approveRelease, listReleases, releaseDraft, revokeApproval, submitDraft, viewRelease } from './release.ts'
import { listRequests, viewRequest } from './request.ts'
import { signIn, signOut, viewSession } from './session.ts'
import {
  beginEnrolment,
  beginOidcSignIn,
  beginPasskeySignIn,
  enrolPasskey,
  signInWithOidc,
  signInWithPasskey,
  viewSignIn,
} from './sign-in.ts'

export const operations = {
  signIn,
  viewSession,
  signOut,
  viewSignIn,
  beginPasskeySignIn,
  signInWithPasskey,
  beginOidcSignIn,
  signInWithOidc,
  beginEnrolment,
  enrolPasskey,
  beginVerification,
  verifySession,
  listSessions,
  endSession,
  listPasskeys,
  beginPasskey,
  addPasskey,
  removePasskey,
  beginCommandLine,
  signInOnCommandLine,
  beginKeyProof,
  verifySessionWithKey,
  enrolOwnKey,
  listPeople,
  addPerson,
  putRoles,
  endPerson,
  recoverPerson,
  enrolOfficial,
  approveChange,
  rejectChange,
  listPersonSessions,
  endPersonSessions,
  listSecurityEvents,
  viewNode,
  listChannels,
  viewChannel,
  importChannel,
  appendAct,
  appendEntry,
  viewSeen,
  listRequests,
  viewRequest,
  viewCaseFile,
  exportCase,
  createDraft,
  listDrafts,
  viewDraft,
  saveDraft,
  discardDraft,
  joinDraft,
  submitDraft,
  listReleases,
  viewRelease,
  approveRelease,
  revokeApproval,
  releaseDraft,
  listInbox,
  assignRequest,
  watchRequest,
  markRequestRead,
  listSavedFilters,
  putSavedFilter,
  removeSavedFilter,
  viewNoticePreferences,
  putNoticePreferences,
  addCalendarFeed,
  endCalendarFeed,
  viewCalendar,
  listWebhooks,
  addWebhook,
  removeWebhook,
  listCalls,
  viewCall,
  viewCallFigures,
  viewDirectory,
  listPings,
  viewAgreement,
  importPack,
  viewCut,
  listLogs,
  listEntries,
  viewEntry,
  viewEntryProof,
  listCosignatures,
  viewForkProof,
  openBody,
  listEvidence,
  viewEvidence,
  exportBag,
  exportEvidence,
  exportSealedEvidence,
  viewCertificate,
  listUploads,
  openUpload,
  viewUpload,
  appendUpload,
  endUpload,
  listPeers,
  overridePeer,
  testPeer,
  exportBundle,
  addExport,
  importBundle,
  streamEvents,
  viewHealth,
  viewReadiness,
  viewContract,
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
