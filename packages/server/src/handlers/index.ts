// A handler for each operation of the contract: the only place that knows both the contract and the desk.

import { createOverrides } from '../desk/override.ts'
import type { ParleyNode } from '../node.ts'
import type { Handlers } from '../http/handler.ts'
import type { PeerLinks } from '../peers/peer-link.ts'
import { createAppendAct, createAppendEntry, createViewSeen } from './acts.ts'
import { createListChannels, createViewAgreement, createViewChannel, createViewCut } from './agreements.ts'
import { createViewCallFigures } from './call-figures.ts'
import { createListCalls, createViewCall } from './calls.ts'
import { createViewDirectory } from './directory.ts'
import { createExportCase } from './case-bundles.ts'
import { createViewCaseFile } from './case-files.ts'
import { createExportBundle, createImportBundle } from './bundles.ts'
import {
  createExportEvidence,
  createExportBag,
  createExportSealedEvidence,
  createListEvidence,
  createViewCertificate,
  createViewEvidence,
} from './evidence.ts'
import { createDraftHandlers } from './drafts.ts'
import { createReleaseHandlers } from './releases.ts'
import { createImportChannel, createImportPack } from './taking-up.ts'
import {
  createAssignRequest,
  createListInbox,
  createListSavedFilters,
  createMarkRequestRead,
  createRemoveSavedFilter,
  createPutSavedFilter,
  createWatchRequest,
} from './inbox.ts'
import {
  createListCosignatures,
  createListEntries,
  createListLogs,
  createViewEntry,
  createViewEntryProof,
  createViewForkProof,
} from './logs.ts'
import { createOpenBody, createViewNode, createViewReadiness } from './nodes.ts'
import {
  createAddWebhook,
  createAddCalendarFeed,
  createEndCalendarFeed,
  createListWebhooks,
  createRemoveWebhook,
  createPutNoticePreferences,
  createViewCalendar,
  createViewNoticePreferences,
} from './notices.ts'
import { createListPeers, createOverridePeer, createTestPeer } from './peers.ts'
import { createPeopleHandlers } from './people.ts'
import type { PeopleServices } from './people.ts'
import { createListPings } from './pings.ts'
import { createListRequests, createViewRequest } from './requests.ts'
import {
  createAppendUpload,
  createEndUpload,
  createListUploads,
  createOpenUpload,
  createViewUpload,
} from './uploads.ts'

export function createHandlers(node: ParleyNode, links: PeerLinks, services: PeopleServices): Handlers {
  const overrides = createOverrides(node, services.people)
  return {
    ...createPeopleHandlers(services),
    ...createDraftHandlers(node, services.events),
    ...createReleaseHandlers(node, services.events),
    viewNode: createViewNode(node, links, overrides),
    viewReadiness: createViewReadiness(node),
    listChannels: createListChannels(node),
    viewChannel: createViewChannel(node),
    importChannel: createImportChannel(node),
    importPack: createImportPack(node),
    viewAgreement: createViewAgreement(node),
    viewDirectory: createViewDirectory(node),
    listCalls: createListCalls(node),
    viewCall: createViewCall(node),
    viewCallFigures: createViewCallFigures(node),
    listPings: createListPings(node),
    viewCut: createViewCut(node),
    appendAct: createAppendAct(node),
    appendEntry: createAppendEntry(node),
    viewSeen: createViewSeen(node),
    listRequests: createListRequests(node),
    viewRequest: createViewRequest(node),
    viewCaseFile: createViewCaseFile(node, services.readings),
    exportCase: createExportCase(node, services),
    listInbox: createListInbox(node),
    assignRequest: createAssignRequest(node),
    watchRequest: createWatchRequest(node),
    markRequestRead: createMarkRequestRead(node),
    listSavedFilters: createListSavedFilters(node),
    putSavedFilter: createPutSavedFilter(node),
    removeSavedFilter: createRemoveSavedFilter(node),
    viewNoticePreferences: createViewNoticePreferences(node),
    putNoticePreferences: createPutNoticePreferences(node),
    addCalendarFeed: createAddCalendarFeed(node),
    endCalendarFeed: createEndCalendarFeed(node),
    viewCalendar: createViewCalendar(node),
    listWebhooks: createListWebhooks(node),
    addWebhook: createAddWebhook(node),
    removeWebhook: createRemoveWebhook(node),
    listLogs: createListLogs(node),
    listEntries: createListEntries(node),
    viewEntry: createViewEntry(node),
    viewEntryProof: createViewEntryProof(node),
    listCosignatures: createListCosignatures(node),
    viewForkProof: createViewForkProof(node),
    openBody: createOpenBody(node, services.readings),
    listEvidence: createListEvidence(node),
    viewEvidence: createViewEvidence(node),
    exportEvidence: createExportEvidence(node),
    exportBag: createExportBag(node),
    exportSealedEvidence: createExportSealedEvidence(node),
    viewCertificate: createViewCertificate(node),
    listUploads: createListUploads(node),
    openUpload: createOpenUpload(node),
    viewUpload: createViewUpload(node),
    appendUpload: createAppendUpload(node),
    endUpload: createEndUpload(node),
    listPeers: createListPeers(node, links, overrides),
    overridePeer: createOverridePeer(node, links, overrides),
    testPeer: createTestPeer(node),
    exportBundle: createExportBundle(node, services.readings),
    importBundle: createImportBundle(node),
  }
}
