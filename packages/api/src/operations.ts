// The contract: every operation of the HTTP interface, by its name.

import { appendAct } from './act.ts'
import { importPack, viewAgreement } from './agreement.ts'
import { openBody } from './body.ts'
import { exportBundle, importBundle } from './bundle.ts'
import { importChannel, listChannels, viewChannel } from './channel.ts'
import { viewCut } from './cut.ts'
import { viewDirectory } from './directory.ts'
import { listEntries, viewEntry, viewEntryProof } from './entry.ts'
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
import { listPeers, testPeer } from './peer.ts'
import { appendEntry, viewSeen } from './prepared-entry.ts'
import { listRequests, viewRequest } from './request.ts'
import { signIn, signOut, viewSession } from './session.ts'

export const operations = {
  signIn,
  viewSession,
  signOut,
  viewNode,
  listChannels,
  viewChannel,
  importChannel,
  appendAct,
  appendEntry,
  viewSeen,
  listRequests,
  viewRequest,
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
  viewDirectory,
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
  listPeers,
  testPeer,
  exportBundle,
  importBundle,
  streamEvents,
  viewHealth,
  viewReadiness,
  viewContract,
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
